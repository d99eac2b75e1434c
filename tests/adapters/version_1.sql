-- The tables of version 1 with a few rows, as SQLite dumps them.
BEGIN TRANSACTION;
CREATE TABLE asked_questions (
	interview_id CHAR(32) NOT NULL,
	user_id CHAR(32) NOT NULL,
	position INTEGER NOT NULL,
	question_id TEXT NOT NULL,
	PRIMARY KEY (interview_id, position),
	FOREIGN KEY(interview_id, user_id) REFERENCES interviews (id, user_id) ON DELETE CASCADE
);
INSERT INTO "asked_questions" VALUES('11111111000040008000000000000003','aaaaaaaa000040008000000000000001',1,'opener');
CREATE TABLE interviews (
	id CHAR(32) NOT NULL,
	user_id CHAR(32) NOT NULL,
	created_at DATETIME NOT NULL,
	version INTEGER NOT NULL,
	session_state JSON NOT NULL,
	summary JSON NOT NULL,
	score FLOAT,
	draft JSON,
	PRIMARY KEY (id),
	UNIQUE (id, user_id),
	FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);
INSERT INTO "interviews" VALUES('11111111000040008000000000000003','aaaaaaaa000040008000000000000001','2026-03-02 09:30:00.000000',3,'{"phase": "feedback"}','{"role_title": "Backend Engineer"}',62.5,'{"position": 1, "text": "I would"}');
CREATE TABLE responses (
	id INTEGER NOT NULL,
	interview_id CHAR(32) NOT NULL,
	user_id CHAR(32) NOT NULL,
	position INTEGER NOT NULL,
	attempt INTEGER NOT NULL,
	question TEXT NOT NULL,
	answer TEXT NOT NULL,
	submitted_at DATETIME NOT NULL,
	status TEXT NOT NULL,
	failure TEXT NOT NULL,
	evaluation JSON,
	score FLOAT,
	claimed_by TEXT,
	claimed_until DATETIME,
	PRIMARY KEY (id),
	UNIQUE (interview_id, position, attempt),
	FOREIGN KEY(interview_id, user_id) REFERENCES interviews (id, user_id) ON DELETE CASCADE
);
INSERT INTO "responses" VALUES(1,'11111111000040008000000000000003','aaaaaaaa000040008000000000000001',1,1,'Tell me about yourself.','I would measure first.','2026-03-02 09:30:00.000000','pending','',NULL,NULL,'a worker','2026-03-02 09:30:05.000000');
CREATE TABLE resumes (
	id CHAR(32) NOT NULL,
	user_id CHAR(32) NOT NULL,
	uploaded_at DATETIME NOT NULL,
	extracted_data JSON NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (id, user_id),
	FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);
INSERT INTO "resumes" VALUES('22222222000040008000000000000004','aaaaaaaa000040008000000000000001','2026-03-02 09:30:00.000000','{"id": "22222222-0000-4000-8000-000000000004", "document": {"text": "Ilva Brandmere\nBackend Engineer", "kind": "text", "pages": null, "is_truncated": false}, "profile": {"name": "Ilva Brandmere", "headline": "", "email": "", "phone": "", "links": [], "suggested_role": null, "years_of_experience": null, "positions": [{"title": "Backend Engineer", "company": "Quillhaven Foods", "start": {"year": 2022, "month": 4}, "end": null, "is_current": true, "location": "", "highlights": ["Cut the nightly import from 5 hours to 40 minutes."], "span": null}, {"title": "Junior Developer", "company": "Tarnwell Maps", "start": {"year": 2019, "month": 0}, "end": {"year": 2022, "month": 3}, "is_current": false, "location": "", "highlights": [], "span": null}], "education": [], "projects": [{"name": "Tidewatch", "description": "Tells sailors when a harbour falls dry.", "highlights": [], "span": null}], "skills": [{"name": "Python", "category": "", "is_soft": false, "spans": [], "near": ""}, {"name": "PostgreSQL", "category": "", "is_soft": false, "spans": [], "near": ""}, {"name": "Mentoring", "category": "", "is_soft": true, "spans": [], "near": ""}], "certifications": [], "spoken_languages": []}, "uploaded_at": "2026-03-02T09:30:00Z"}');
CREATE TABLE users (
	id CHAR(32) NOT NULL,
	created_at DATETIME NOT NULL,
	PRIMARY KEY (id)
);
INSERT INTO "users" VALUES('aaaaaaaa000040008000000000000001','2026-03-02 09:30:00.000000');
CREATE INDEX resumes_by_user ON resumes (user_id, uploaded_at);
CREATE INDEX interviews_by_user ON interviews (user_id, created_at);
CREATE INDEX asked_questions_by_user ON asked_questions (user_id);
PRAGMA user_version = 1;
COMMIT;
