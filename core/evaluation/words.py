"""Word lists of our own: which words carry grammar, and which are everyday talk."""

FUNCTION_WORDS = frozenset(
    """a about after again all also although always am an and any anyone anything are as at away be
    because been before being both but by came can come could did do does doing done down each either
    else ever every everyone everything few first for from get gets getting give given go goes going got
    had has have having he her here hers him his how i if in into is it its itself just keep kept last
    less let lets like lot lots made make makes making many may maybe me might mine more most much must
    my myself never next no nobody none nor not nothing now of off often on once one ones only onto or
    other others our ours out over own per put quite rather really said same say says see seen several
    shall she should since so some somebody someone something sometimes still such take taken than that
    the their theirs them then there therefore these they thing things this those though through till to
    together too took toward towards two under until up upon us use used using usually very want wanted
    was way ways we well went were what when where whether which while who whole whom whose why will
    with within without would yet you your yours yourself""".split()
)
"""English words that carry grammar rather than content; our own list."""

FOREIGN_FUNCTION_WORDS = frozenset(
    """der die das den dem des ein eine einen einem einer und oder aber nicht ich wir ihr sie ist sind
    war waren wird werden habe haben hat hatte mit von für auf bei nach über wenn dass weil auch noch
    le la les un une des du et ou mais pas je nous vous ils elle est sont était avec pour dans sur par
    que qui plus très cette ces mon notre el los las una unos y pero no yo nosotros ellos es son era fue
    con para por en sobre como muy esta estos mi nuestro del al se lo su""".split()
)
"""Common function words of German, French and Spanish, to notice an answer that is not English."""


EVERYDAY_WORDS = frozenset(
    """able above absolutely accept across act actually add afraid afternoon ago agree air alone along
    already amount animal answer apart appear area arm arrive art ask attention autumn baby back bad
    bag ball bank bar basic bath beach bear beat beautiful bed begin behind believe better big bird
    birthday bit black blue board boat body book bottle bottom box boy bread break breakfast bring
    brother brown build bus business busy buy cake call camera candle car card care carry case cat
    catch cause certain chair chance change cheap check child children choose city class clean clear
    climb clock close clothes cloud coast coffee cold color colour company complete cook cool corner
    count country couple course cover cross cry cup cut dance dark daughter day dead deal dear decide
    deep different difficult dinner dog door doubt draw dream dress drink drive drop dry early ear
    earth easy eat edge egg else empty end enjoy enough enter evening exactly example except excite
    expect explain eye face fact fall family famous far farm fast father favorite favourite feel feet
    fight fill film find fine finger finish fire fish fit five floor flower fly follow food foot forget
    form forward four free fresh friend front fruit full fun funny game garden girl glad glass goal
    gold good grass great green ground group grow guess guy hair half hall hand hang happen happy hard
    hat hate head hear heart heat heavy hello help high hill hit hold hole holiday home hope horse
    hospital hot hotel hour house huge human hundred hungry hurry hurt husband ice idea important
    inside interest island job join joke journey kid kill kind kitchen know lady lake land large late
    later laugh lay lead leaf learn leave leg lesson letter lie life light line list listen little
    live local long look lose lost loud love low luck lunch machine main man map mark market matter
    meal mean meat meet men middle mile milk mind minute miss moment money month moon morning mother
    mountain mouth move movie music name near neck need neighbour neighbor new news nice night noise
    north nose note notice number ocean office old open orange order outside page paint pair paper
    parent park part party pass past path pay people perfect perhaps person phone photo piece pink
    place plan plant plate play please point poor possible power practice prepare pretty price problem
    promise proud pull push question quick quiet rain reach read ready real reason red remember repeat
    rest restaurant return rich ride right ring river road rock roof room round run sad safe sail salt
    sand save school science sea season seat second secret sell send sense serious set seven shape
    share shine ship shirt shoe shop short shout show sick side sign simple sing sister sit six size
    skin sky sleep slow small smell smile smoke snow soft soldier son song soon sorry sort sound south
    space speak special spend sport spot spring square stage stand star start stay step stone stop
    storm story straight strange street strong student study stuff sudden sugar summer sun support
    suppose sure surprise sweet swim table talk tall taste tea teach teacher team tell ten terrible
    thank thick thin think third thirty thousand three throw ticket tie time tiny tired today tomorrow
    tonight top touch tough tour town trade train travel tree trip trouble true trust truth try turn
    twelve twenty twice understand unit usual vacation view village visit voice wait wake walk wall
    war warm wash waste watch water wave weak wear weather wedding week weekend west wet white wide
    wife wild win wind window wine winter wish wonder wood word work world worry worth write wrong
    yard year yellow yes yesterday young""".split()
)
"""English words of everyday talk: rare in technical texts, yet telling nothing there."""

WORK_WORDS = frozenset(
    """account accounting admin agency agenda agile alert analyse analyst analytics analyze api app
    application applicant apprentice approval approve architecture assignment audit automate automation
    backend backlog batch bill billing board booking branch brief budget bug build calendar campaign
    candidate career checklist client clinic code coding colleague commit committee complaint
    conflict consult consultant contract coordinate coworker crm customer dashboard data database
    deadline debug decision degree delay delegate delivery demo department deploy deployment designer
    developer devops director document documentation download email employee employer engineer
    engineering error escalate escalation estimate evaluate evidence excel executive experience expert
    experiment failure feature feedback finance firm fix forecast framework frontend gym handover
    hire import incident infrastructure install integration interface intern internship interview
    inventory invoice junior kpi laptop latency launch lead leader leadership ledger legacy library log
    logistics maintain maintenance manage management manager marketing meeting mentor metric migrate
    migration milestone module monitor monitoring negotiate network nurse office onboarding operation
    operations optimise optimize order outage owner ownership patient performance pilot pipeline
    platform policy postmortem presentation prioritise prioritize priority procedure process
    procurement product production profession programme programmer project proposal prototype
    provider python quality quarter query queue recruiter refactor regression release remote report
    requirement research responsibility responsible resume retail retrospective revenue review roadmap
    roll-out rollback rollout rota sales salary schedule scope script sdk senior server service shift
    signup skill software spec specification spreadsheet sprint sql staff stakeholder standup startup
    statistic strategy supervisor supplier support survey system task teammate tech technical
    technician technology test testing ticket timeline tool traffic trainee training transaction
    troubleshoot upgrade user vendor version warehouse website workflow workload workplace workshop
    thesis university course semester professor lab diploma studies volunteer""".split()
)
"""Words of work and study: a story about one's work has some of them, a story about something else few."""

DEALING_WORDS = frozenset(
    """accept admit advise agree agreed alone angry annoyed answer anxious apologise apologize argue argued
    arrange ashamed ask asked assign avoid begin blame calculate calm cancel careful careless check choose
    coach compare complain confirm confuse convince cooperate coordinate correct count criticise
    criticize damage danger deal decide delay demand deny depend deserve disagree disappoint dispute divide
    doubt effort encourage ensure estimate explain fail failed failure fair fault fear figure finish fix
    forgot forgotten frustrate furious goal guess handle handed help helped hesitate hide honest ignore
    improve inform insist introduce invite invited involve learn learned learnt late led lesson listen
    measure mend mess misunderstand misunderstood mistake nervous notice noticed object observe offer
    offered organise organize oversee patience permission permit persuade phone phoned plan praise prepare
    present pressure prevent problem proof propose prove punctual quarrel question rang realise realize
    reason refuse regret reject rely remind repair repeat replace replied request rescue resign
    resist resolve respect rule save scared seek settle share show showed shown simplify solution solve
    sorry sort step stop stuck struggle succeed success suggest supervise suspect task taught tell test
    thank threaten told train tried trouble trust try understand understood unfair upset volunteer warn
    wish worried wrong wrote""".split()
)
"""Words of dealing with people and problems, in whatever trade: what stories of one's own are made of."""
