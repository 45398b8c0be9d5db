/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-case.h"
#include "cot-correlate.h"
#include "cot-job.h"
#include "cot-log-identity.h"
#include "cot-log-catalogue.h"

G_BEGIN_DECLS

/* Where a log stands on its way from a name to hits. */
typedef enum
{
  COT_CASE_QUEUED,
  COT_CASE_UNPACKING,
  COT_CASE_LOADING,
  COT_CASE_MATCHING,
  COT_CASE_SETTLED,
} CotCaseStage;

typedef struct
{
  CotCase *owner;
  CotLog *log;
  guint member; /* index in the bundle; G_MAXUINT for a loose file */
  guint place; /* in the order of the members, or of the opening of loose files */
  const char *device; /* (nullable) of a loose file, where there are several computers */
  CotCaseStage stage;
  gboolean stopped; /* by cot_case_cancel(), before it was settled */
  GError *refused; /* (nullable): why it could not be read, or not to its end */
  gboolean wants_hits_only; /* queued to be matched: it was read */
  gboolean is_part; /* of another log, which is judged with it: this one is only shown */
  GArray *joined; /* (nullable) of guint: members that are read as its older parts */
  GPtrArray *older_paths; /* (nullable) of a loose file: its older parts, the oldest first */
  CotSource *text; /* (nullable) of a loose text that is no file: its bytes */
  CotJob *job; /* (nullable): unpacking or matching */
  CotHits *hits; /* (nullable) */
  guint64 n_matched; /* entries that the hits were taken from */
  guint64 matched_bytes; /* size of the newest generation then */
  CotEncoding matched_encoding; /* of that */
  CotLogIdentity identity; /* how it is known which log it is; by its name before it is matched */
} CotCaseItem;

struct _CotCase
{
  GObject parent_instance;

  CotKnowledge *knowledge; /* (nullable): the logs are only read */
  char *path;
  char *title;
  CotBundle *bundle; /* (nullable) for loose files */
  GPtrArray *logs; /* (element-type CotCaseItem) */
  GHashTable *member_logs; /* member index + 1 -> CotLog, owned */
  GHashTable *log_members; /* the other way */
  GHashTable *leaders; /* member index + 1 of an older part -> that of the newest */
  GHashTable *older; /* member index + 1 -> GArray of guint: its older parts, the oldest first */
  GHashTable *apart; /* member index + 1 of the newest part, where the older ones are logs */
  gboolean joins; /* reads older parts of logs with them */
  guint n_loose; /* files opened so far */
  GPtrArray *loose_devices; /* (element-type utf8): none, or several */
  GPtrArray *refused; /* (element-type Refused), by place */
  GHashTable *refusals; /* what stands in @refused, as keys */
  /* (nullable) until it is asked for. Of loose files: label -> CotLog, not owned. Of a bundle: the
   * set of what its logs came out of. */
  GHashTable *labels;
  /* Likewise. */
  enum
  {
    COT_CASE_SIDES_UNKNOWN,
    COT_CASE_SIDES_BOTH,
    COT_CASE_SIDES_ONE,
  } sides;

  /* A bundle may have 200,000 members: nothing here may look through all of them for each. */
  GPtrArray *active; /* (element-type CotCaseItem): neither queued nor settled; a few */
  GPtrArray *wanted; /* (element-type CotCaseItem): the newest wish last */
  guint n_settled;
  guint first_queued; /* no item before this index is queued */

  CotJob *correlation; /* (nullable) */
  guint correlation_source;
  gboolean correlation_due;
  gboolean held; /* see cot_case_hold_findings */
  CotJob *collection_job; /* (nullable) */
  gboolean collection_stopped; /* by cot_case_cancel() */
  CotCollection *collection; /* (nullable): what the device says about the collecting */
  GPtrArray *findings; /* (element-type CotFinding) */
  GPtrArray *journeys; /* (element-type CotJourneyReport) */
  GPtrArray *coverages; /* (element-type CotCoverage) */
  GPtrArray *finding_logs; /* (element-type CotLog): what the evidence's log indices mean */
  /* The computer of each, or NULL; the bundle's. */
  GHashTable *finding_devices; /* CotFinding to utf8 */
  GPtrArray *journey_devices; /* (element-type utf8) */
  GPtrArray *coverage_devices; /* likewise */
};

CotCase *cot_case_new (CotKnowledge *knowledge);
CotCase *cot_case_new_for_bundle (CotKnowledge *knowledge, CotBundle *bundle);
/* (transfer none); @older: (nullable) (element-type filename): its older parts, the oldest first */
CotLog *cot_case_add_path (CotCase *self, const char *path, GPtrArray *older);
/* (transfer none); a text that stands in no file, and is always another log */
CotLog *cot_case_add_text (CotCase *self, GBytes *text, const char *label);
/* How two rollover marks stand to each other; the oldest first. */
int cot_case_compare_generations (const char *a, const char *b);
CotLog *cot_case_find_path (CotCase *self, const char *path); /* (nullable) (transfer none) */

void cot_case_add_member (CotCase *self, guint index);

/* cot-case-refused.c: what could not be read */
void cot_case_init_refused (CotCase *self);
void cot_case_finish_refused (CotCase *self);
void cot_case_refuse (CotCase *self, guint place, const char *label, const GError *reason);
void cot_case_forget_refused (CotCase *self, gboolean (*is_over) (const GError *reason));
void cot_case_forget_reason (CotCase *self, const char *label, const GError *reason);
void cot_case_forget_labels (CotCase *self);

/* cot-case-members.c: which members are parts of one log */
void cot_case_join_members (CotCase *self);
/* The log of the newest part is read with the older ones that are files. */
void cot_case_add_older_files (CotCase *self, CotLog *log, guint member);
/* Once a log is read: of its older parts those that are no part of it become logs. */
void cot_case_take_older_errors (CotCaseItem *item);
void cot_case_split_off (CotCase *self, guint member);
/* After the members were joined anew. */
void cot_case_renew_parts (CotCase *self);
CotCaseItem *cot_case_find_item (CotCase *self, guint member); /* (nullable) */

/* cot-case-work.c: from names to hits */
void cot_case_add_log (CotCase *self, CotLog *log, guint member);
void cot_case_replace_log (CotCaseItem *item, CotLog *log);
void cot_case_take_out (CotCase *self, CotCaseItem *item);
/* A part of a log becomes one that is judged for itself. */
void cot_case_judge_part (CotCaseItem *item);
void cot_case_log_free (CotCaseItem *item);
gboolean cot_case_logs_are_settled (CotCase *self);
void cot_case_pump (CotCase *self);
void cot_case_set_knowledge (CotCase *self, CotKnowledge *knowledge);

/* cot-case-collection.c: what results.xml says */
void cot_case_read_collection (CotCase *self);
void cot_case_stop_collection (CotCase *self);

/* cot-case-findings.c: from hits to findings */
void cot_case_schedule_correlation (CotCase *self);
void cot_case_clear_findings (CotCase *self);
/* While they are held the case has none, whatever its logs say. */
void cot_case_hold_findings (CotCase *self, gboolean held);

/* cot-case-devices.c: what the hits say, for each computer */
typedef struct
{
  GPtrArray *findings; /* (element-type CotFinding) */
  GPtrArray *journeys; /* (element-type CotJourneyReport) */
  GPtrArray *coverages; /* (element-type CotCoverage) */
  GHashTable *device_of; /* CotFinding to utf8 or NULL */
  GPtrArray *journey_devices; /* (element-type utf8), or NULL */
  GPtrArray *coverage_devices;
} CotCaseStory;

CotCaseStory *cot_case_judge (CotKnowledge *knowledge, const CotCaseLog *logs,
                              const char *const *devices, guint n_logs);
void cot_case_story_free (gpointer story);

/* All that a case is judged by, as it is now, for a worker; see cot-case-findings.c. */
typedef struct
{
  CotKnowledge *knowledge;
  GPtrArray *logs; /* (element-type CotLog) */
  GPtrArray *devices; /* (element-type utf8): of each log, or NULL; the bundle's */
  CotCaseLog *inputs;
  CotBundle *bundle; /* (nullable) */
} CotCaseQuestion;

CotCaseQuestion *cot_case_question_new (CotCase *a_case);
CotCaseStory *cot_case_question_answer (const CotCaseQuestion *self);
void cot_case_question_free (CotCaseQuestion *self);
GPtrArray *cot_case_list_judged (CotCase *self, GPtrArray **devices);

/* What the detectors are told that a log is. */
char *cot_case_dup_known_name (CotLog *log);

G_END_DECLS
