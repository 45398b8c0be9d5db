/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-case.h"
#include "cot-codes.h"
#include "cot-mask.h"
#include "cot-report-clock.h"

G_BEGIN_DECLS

/* What a report tells of one case, read once: a case goes on changing, a report does not. Its times
 * are by the clock of the report. */

/* More lines of one story than these say nothing new to a reader. */
#define COT_REPORT_MAX_LINES 60
#define COT_REPORT_MAX_UNEXPLAINED 20
#define COT_REPORT_MAX_MARKS 1000

/* A line that shows something. */
typedef struct
{
  char *log;        /* name of the file, for people */
  guint64 line;     /* 1-based; 0: it stands on none, see @ordinal */
  guint64 ordinal;  /* in the file, from 0 */
  gint64 time_usec; /* COT_TIME_NONE */
  char *message;    /* as written, or longer than is shown; (nullable): it could not be read */
  CotFinding *finding;   /* (nullable): what it shows; owned by the facts */
  guint n;               /* how often it stands in that log; of a kind of errors: in all */
  gint64 last_time_usec; /* of the newest of them; COT_TIME_NONE */
  const CotCode *code;   /* (nullable): what a kind of errors names; owned by the facts */
} CotReportLine;

/* An entry that the user marked. */
typedef struct
{
  CotReportLine line;
  const char *device; /* (nullable): where there are several */
  char *note;         /* (nullable) */
} CotReportMark;

/* A cause, its consequences, and their lines in the order of time. */
typedef struct
{
  CotFinding *cause;       /* owned by the facts */
  const char *device;      /* (nullable): where there are several */
  GPtrArray *consequences; /* (element-type CotFinding) */
  GArray *lines;           /* (element-type CotReportLine) */
  guint n_left_out;        /* lines beyond the limit */
  gboolean is_guess;       /* the order, as some of the logs do not say by which clock they are */
  gboolean looks_bad;      /* a line of the cause is, or reads like, an error or a warning */
} CotReportStory;

/* A file that was read, or a part of a log that is one. */
typedef struct
{
  char *name;         /* for people: a place in the bundle, or the name alone */
  const char *device; /* (nullable): where there are several */
  guint64 n_entries;
  guint64 n_errors; /* of the log, with its older parts: at the newest one */
  guint64 n_warnings;
  gint64 first_time_usec; /* COT_TIME_NONE */
  gint64 last_time_usec;
  gint64 clock_usec; /* what was added to its times as they are written */
  guint64 size_bytes;
  char *sha256;     /* (nullable): it could not be read again, or is not handed out as it is */
  gboolean is_part; /* an older part of the one that follows */
} CotReportFile;

typedef struct
{
  char *label;
  GError *reason;
  gboolean is_shown; /* a part of it, all the same */
} CotReportRefusal;

typedef struct
{
  char *title; /* of the bundle; "" for loose files */
  gboolean is_bundle;
  CotLayout layout;
  char *archive_sha256;   /* (nullable): of an archive */
  GPtrArray *devices;     /* (element-type utf8) */
  GPtrArray *summaries;   /* (element-type CotSummary): where there are several devices, of each;
                           * without its logs */
  gint64 first_time_usec; /* of all logs; COT_TIME_NONE */
  gint64 last_time_usec;
  CotReportClock clock;

  GPtrArray *findings;        /* (element-type CotFinding): in reading order */
  GPtrArray *stories;         /* (element-type CotReportStory): one a cause, in the same order */
  GPtrArray *journeys;        /* (element-type CotJourneyReport) */
  GPtrArray *journey_devices; /* (element-type utf8), or NULL */
  GPtrArray *coverages;       /* (element-type CotCoverage) */
  GPtrArray *coverage_devices;
  GArray *marks;           /* (element-type CotReportMark): by time */
  guint n_marks_left_out;  /* beyond the limit */
  GPtrArray *unread_marks; /* (element-type utf8): logs of which it cannot be told what is marked */
  GPtrArray *files;      /* (element-type CotReportFile) */
  GPtrArray *refusals;   /* (element-type CotReportRefusal) */
  guint n_detectors;     /* that looked at it; 0: none did */
  guint n_own_detectors; /* of these, of the user's own knowledge */
  guint n_stopped;       /* logs of which reading was stopped: the rest is no verdict */
  double part_read;      /* of the logs, 0 to 1 */
  gboolean is_blank;     /* there are logs, and nothing in any of them can be judged */
  guint n_signs_of_health;
  guint n_stuck; /* journeys that are not seen to their end */
  guint n_untold; /* of these, those of which cannot be told how they go on */
  guint64 n_unexplained; /* entries that are errors, and of which no finding tells */
  guint n_unexplained_logs;
  GArray *unexplained; /* (element-type CotReportLine): the first of each kind, by time */
  guint64 n_judged_in_part;
  char **missing_logs;
  GPtrArray *missing_for; /* (element-type GStrv): of each the computers that miss it */
  GPtrArray *missing_files; /* (element-type CotLogFile): of each what it is; NULL: it is not
                             * known */
} CotReportFacts;

/* Main thread: notes what is there. cot_report_facts_read() then reads it, on a worker.
 * @with_marks: also what the user marked. */
CotReportFacts *cot_report_facts_new (CotCase *a_case, gboolean with_marks);
void cot_report_facts_free (CotReportFacts *self);
/* Lines, checksums, and what @mask is to know of the logs. Errors: G_IO_ERROR_CANCELLED. */
gboolean cot_report_facts_read (CotReportFacts *self,
                                CotMask *mask,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
