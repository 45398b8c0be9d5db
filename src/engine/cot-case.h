/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-bundle.h"
#include "cot-collection.h"
#include "cot-journey-report.h"
#include "cot-log-catalogue.h"
#include "cot-log.h"
#include "cot-story.h"

G_BEGIN_DECLS

/* What is looked at together: the members of one bundle (usually one device), or the loose files of
 * a window. Findings are drawn from all its logs. Main thread. */
#define COT_TYPE_CASE (cot_case_get_type ())
G_DECLARE_FINAL_TYPE (CotCase, cot_case, COT, CASE, GObject)

/* A hundred times as many as the largest bundle of a device has: others are not read. */
#define COT_CASE_MAX_LOGS 50000

/* Signals:
 *   "members-changed" (): logs or members were added
 *   "findings-changed" ()
 *   "progress-changed" (): see get_progress and get_settled */

const char *cot_case_get_title (CotCase *self); /* "support-PC0042.zip"; "" for loose files */
const char *cot_case_get_device (CotCase *self); /* (nullable): none, or several */
guint cot_case_get_n_devices (CotCase *self);
const char *cot_case_get_nth_device (CotCase *self, guint index);
/* Who made the bundle, by the names in it. */
CotLayout cot_case_get_layout (CotCase *self);
CotLayoutNotes cot_case_get_layout_notes (CotCase *self);
const char *cot_case_get_path (CotCase *self); /* (nullable) for loose files */
gboolean cot_case_is_bundle (CotCase *self);
gboolean cot_case_is_archive (CotCase *self);

/* Members: all that the bundle holds; those that are logs have a CotLog. */
guint cot_case_get_n_members (CotCase *self);
const CotMember *cot_case_get_member (CotCase *self, guint index);
CotLog *cot_case_get_member_log (CotCase *self, guint index); /* (nullable) (transfer none) */
/* What is no log by its name is left out, until somebody wants to read it as one. */
gboolean cot_case_get_is_unread (CotCase *self, guint index);
CotLog *cot_case_read_member (CotCase *self, guint index); /* (nullable) (transfer none) */
/* Older parts of one log, which a writer puts aside when the log is full: of each the newest, and
 * of the newest those before it, the oldest first. */
guint cot_case_get_newest_member (CotCase *self, guint index);
const guint *cot_case_get_older_members (CotCase *self, guint index, guint *n);
/* A log and its older parts are read and judged as one, with a seam between each, until they are
 * set apart. */
gboolean cot_case_get_joined (CotCase *self, guint index);
/* Reads them anew. Any of the parts; what takes the place of the newest one's log: (transfer none),
 * (nullable) where nothing changes. */
CotLog *cot_case_set_joined (CotCase *self, guint index, gboolean joined);
int cot_case_find_member (CotCase *self, CotLog *log); /* index or -1 */
/* What Intune's results.xml says of what was to be collected: an error that the device reports for
 * a member is a hint; (nullable). What left no trace has no member at all. They may change with
 * "members-changed". */
const CotCollectedItem *cot_case_get_collected (CotCase *self, guint index);
guint cot_case_get_n_collected (CotCase *self); /* members with such an error */
gboolean cot_case_get_not_collected (CotCase *self, guint index);
guint cot_case_get_n_absent (CotCase *self);
const CotCollectedItem *cot_case_get_absent (CotCase *self, guint index);
guint cot_case_get_n_logs (CotCase *self);
CotLog *cot_case_get_log (CotCase *self, guint index); /* (transfer none) */
int cot_case_find_log (CotCase *self, CotLog *log); /* index or -1 */
/* What could not be read, with the reason; index below get_n_refused. */
guint cot_case_get_n_refused (CotCase *self);
const char *cot_case_get_refused (CotCase *self, guint index, const GError **reason);
gboolean cot_case_shows_refused (CotCase *self, guint index); /* a part of it, all the same */
/* It is the bundle itself, and none of the files in it. */
gboolean cot_case_is_whole_refused (CotCase *self, guint index);
/* The log that shows what came of it all the same; (nullable) (transfer none). */
CotLog *cot_case_get_read_in_part (CotCase *self, guint index);

/* Encrypted members are refused until a pass phrase fits; each is kept in memory only, as long as
 * the case, for an archive inside may have another one. To try one first is for whoever can ask
 * again. */
gboolean cot_case_needs_pass_phrase (CotCase *self);
/* Whether an archive is among them: what it holds is listed only if the bundle is opened with the
 * pass phrase. */
gboolean cot_case_hides_archives (CotCase *self);
gboolean cot_case_had_wrong_pass_phrase (CotCase *self);
/* (nullable) (transfer full): the label of an archive inside for which none that was given fits. */
char *cot_case_dup_locked_archive (CotCase *self);
void cot_case_set_pass_phrase (CotCase *self, const char *pass_phrase);
void cot_case_try_pass_phrase_async (CotCase *self, const char *pass_phrase,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer data);
gboolean cot_case_try_pass_phrase_finish (CotCase *self, GAsyncResult *result, GError **error);

/* Findings in reading order: the headline first, then by severity and time; those that are normal
 * last. (transfer none) */
guint cot_case_get_n_findings (CotCase *self);
CotFinding *cot_case_get_finding (CotCase *self, guint index);
CotFinding *cot_case_get_headline (CotCase *self); /* (nullable) */
/* Evidence of a finding: which log and entry. FALSE beyond the end. */
gboolean cot_case_get_evidence (CotCase *self, CotFinding *finding, guint index, CotLog **log,
                                guint64 *ordinal);
/* The story to which a finding belongs: the lines of its cause and of all that follows from it, by
 * time. Each line's place: cot_case_get_evidence (self, line->finding, line->first, ...). Free it
 * with cot_story_free(). (nullable) for a finding that the case does not have any more. */
CotStory *cot_case_tell_story (CotCase *self, CotFinding *finding);
/* Where a bundle has several computers each is judged alone, but for the logs of servers, in which
 * the cause may stand: its findings stand together, with a headline of its own, in the order of the
 * computers; then those of logs of no computer. (nullable) (transfer none) */
const char *cot_case_get_finding_device (CotCase *self, CotFinding *finding);
const char *cot_case_get_journey_device (CotCase *self, guint index);
const char *cot_case_get_coverage_device (CotCase *self, guint index);
/* The findings of which the same was told of a computer before: who counts leaves them out. A set.
 * (transfer full) (element-type CotFinding) */
GHashTable *cot_case_find_repeated (CotCase *self);
/* Whether logs of a client and of a server are here that no names of computers tell apart. */
gboolean cot_case_is_of_both_sides (CotCase *self);
gboolean cot_case_get_log_side (CotCase *self, CotLog *log, CotLogSide *side); /* FALSE: unknown */
/* Entries that were judged only in part: too long, or a pattern reached a limit on them. */
guint64 cot_case_get_n_judged_in_part (CotCase *self);
/* What the logs show of each journey, those that apply first. (transfer none), like findings. */
guint cot_case_get_n_journeys (CotCase *self);
CotJourneyReport *cot_case_get_journey (CotCase *self, guint index);
/* Where a milestone was seen: FALSE where it was not. */
gboolean cot_case_get_milestone_place (CotCase *self, const CotMilestoneReport *milestone,
                                       CotLog **log, guint64 *ordinal);
/* The logs that the open findings of each area need to say more. (transfer none) */
guint cot_case_get_n_coverages (CotCase *self);
const CotCoverage *cot_case_get_coverage (CotCase *self, guint index);
/* What there is to be said first: of one computer, or of all of the case. As long as the findings
 * are those of now. */
typedef struct
{
  const char *device; /* (nullable): where there are several; lives as long as the case */
  guint n_logs;
  guint n_blank;   /* logs of which nothing can be judged: they are empty, or no text */
  guint n_stopped; /* logs not read or not judged, by cot_case_cancel(): the rest is no verdict */
  double part_read; /* of the logs, 0 to 1 */
  CotFinding *headline; /* (nullable) (unowned) */
  guint n_troubles; /* findings that ask for something, or tell of a wait; with the headline */
  guint n_others; /* of these: errors and waits beside the headline that nothing else explains */
  guint n_signs; /* of health: good findings that are no mere steps, and complete journeys */
  guint n_stuck; /* journeys that have a gap, or of which cannot be told how they go on */
  guint n_untold; /* of these, those of which cannot be told */
  guint64 n_unexplained; /* entries that are errors, and of which no finding tells */
  GPtrArray *unexplained; /* (element-type CotLog): where they stand */
} CotSummary;

CotSummary *cot_case_sum_up (CotCase *self);
GPtrArray *cot_case_list_summaries (CotCase *self); /* (element-type CotSummary) */
void cot_summary_free (CotSummary *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotSummary, cot_summary_free)

/* The logs that have errors by their types. (transfer full) (element-type CotLog) */
GPtrArray *cot_case_list_errors (CotCase *self);
/* Logs that open findings and journeys need, but which are not here: (transfer full), free with
 * g_strfreev. */
char **cot_case_dup_missing_logs (CotCase *self);
gboolean cot_case_is_missed_by_finding (CotCase *self, const char *log_name);
/* Of several computers: those whose findings and journeys need it. (transfer full), likewise. */
char **cot_case_dup_who_misses (CotCase *self, const char *log_name);

/* Reads a log anew in another format (NULL: by its content). A new CotLog takes its place and is
 * handed back; (transfer none), (nullable) where it is no log of the case. */
CotLog *cot_case_reopen_log (CotCase *self, CotLog *log, const char *format_id);
/* The same, in all that can be chosen. */
CotLog *cot_case_reread_log (CotCase *self, CotLog *log, const CotReadAs *read_as);
/* Takes a loose log out of its case; its findings go with it. */
void cot_case_remove_log (CotCase *self, CotLog *log);

/* Logs that could be any, by their names and their entries: detectors that are bound to one log did
 * not look at them. @first: (out) (optional) (transfer none): one of them. */
guint cot_case_get_n_unidentified (CotCase *self, CotLog **first);

/* 0 to 1 over reading and scanning; settled: nothing runs any more. */
double cot_case_get_progress (CotCase *self);
gboolean cot_case_get_settled (CotCase *self);
/* Nothing is being read, but may be judged. */
gboolean cot_case_has_read_all (CotCase *self);
const char *cot_case_get_activity (CotCase *self); /* name of the log being read; (nullable) */
void cot_case_cancel (CotCase *self); /* what has been read stays */
void cot_case_read_on (CotCase *self); /* after all: see CotSummary of what was not read */
/* Reads this one next (the user wants it). */
void cot_case_prioritize (CotCase *self, CotLog *log);

G_END_DECLS
