// An OpenID provider that others wrote, for one app. Anyone may be whoever they say they are.
import { Provider } from "oidc-provider";

const [port, app] = process.argv.slice(2);
const client = (id) => ({
  client_id: id,
  client_secret: "only-for-tests-only-for-tests",
  redirect_uris: [`${app}/oauth2callback`],
  post_logout_redirect_uris: [`${app}/oauth2callback`],
});
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [client("witness")],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: false,
  findAccount: async (_, id) => ({
    accountId: id,
    claims: async () => ({ sub: id, email: `${id}@example.com`, email_verified: true }),
  }),
  features: { devInteractions: { enabled: true } },
  cookies: { keys: ["only-for-tests"] },
  ttl: { IdToken: 3600, AccessToken: 600, Session: 3600, Grant: 3600, Interaction: 600 },
});
provider.listen(Number(port));
