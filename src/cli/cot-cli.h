/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* What the program ends with: a contract. */
typedef enum
{
  COT_CLI_DONE = 0,
  COT_CLI_FOUND = 1, /* scan: a finding of severity error */
  COT_CLI_REFUSED = 2, /* something was refused, or only partly read */
  COT_CLI_USAGE = 64,
} CotCliStatus;

typedef enum
{
  COT_CLI_TEXT,
  COT_CLI_NDJSON,
} CotCliFormat;

typedef struct
{
  char *path; /* as people know it */
  char *sentence;
} CotCliRefusal;

/* Paths that were opened: the loose files together, and a case for each folder and archive. */
typedef struct
{
  CotSession *session;
  GPtrArray *cases; /* (element-type CotCase), in the order of the paths */
  GPtrArray *refusals; /* (element-type CotCliRefusal): paths that were not opened */
  gboolean lacks_knowledge; /* some file of the user's knowledge was not read, and it matters */
} CotCliInput;

CotCliStatus cot_cli_show (int argc, char **argv);
CotCliStatus cot_cli_scan (int argc, char **argv);
CotCliStatus cot_cli_info (int argc, char **argv);
CotCliStatus cot_cli_code (int argc, char **argv);
CotCliStatus cot_cli_list_detectors (int argc, char **argv);
CotCliStatus cot_cli_report (int argc, char **argv);
CotCliStatus cot_cli_check_knowledge (int argc, char **argv);

/* Reads the options of one command; on a fault says what is wrong, and returns FALSE. */
gboolean cot_cli_parse (const char *summary, const GOptionEntry *entries, int *argc, char ***argv);
gboolean cot_cli_parse_format (const char *text, CotCliFormat *format);

/* For encrypted bundles. */
typedef char CotCliPassPhrase;

/* The first line of a file; "-" is standard input. FALSE, and said why: there is none. NULL as
 * @path: none is wanted. */
gboolean cot_cli_read_pass_phrase (const char *path, CotCliPassPhrase **pass_phrase);
void cot_cli_pass_phrase_free (CotCliPassPhrase *pass_phrase);

/* @pass_phrase: (nullable): for encrypted bundles. */
CotCliInput *cot_cli_input_open (char **paths, int n_paths, gboolean scanning,
                                 const char *pass_phrase);
void cot_cli_input_free (CotCliInput *input);
/* All logs of all cases, in order: (element-type CotLog) (transfer container). */
GPtrArray *cot_cli_input_dup_logs (CotCliInput *input);
CotCase *cot_cli_input_find_case (CotCliInput *input, CotLog *log); /* (nullable) */

/* A line for people: the name of a folder or an archive, who made it, and of which computer. */
void cot_cli_print_bundle (CotCase *a_case);
/* Lines for people: files that were left out by their names, or by what they are. */
void cot_cli_print_unread (CotCase *a_case);
/* The same where only entries are printed: on standard error. */
void cot_cli_complain_of_unread (CotCase *a_case);
/* Lines for people: where an entry stands, and how many of its kind are not shown, if any. */
void cot_cli_print_place (CotLog *log, guint64 ordinal);
void cot_cli_print_more (guint64 n);
/* The computer of a log, where its bundle has several: (nullable). */
const char *cot_cli_get_device (CotCase *a_case, CotLog *log);
/* Of whom something is told where there are several: @device (nullable) is its computer, where one
 * bundle has several. */
const char *cot_cli_get_owner (CotCase *a_case, const char *device);
/* What stands above a log: its name and, where the bundle has several, its computer. */
char *cot_cli_dup_heading (CotCase *a_case, CotLog *log);

/* Whether something could not be read, or not to its end. */
gboolean cot_cli_input_is_refused (CotCliInput *input);
/* Says on standard error what could not be read; TRUE where there is such a thing. */
gboolean cot_cli_input_complain (CotCliInput *input);

/* The sentence for people: the file, the reason and the next step. */
char *cot_cli_dup_refusal (const GError *reason, const char *name, gboolean is_shown);

/* Writes to standard output; a reader that has gone away ends the program quietly, any other
 * failure ends it with a sentence. */
void cot_cli_write (const char *text, gsize length_bytes);
/* Text for people: on a terminal, control characters are shown escaped. */
void cot_cli_print (const char *text);
/* Before the end: what was not written is no answer. */
void cot_cli_flush (void);
void cot_cli_print_json (CotJson *json);
/* One sentence on standard error. */
void cot_cli_complain (const char *sentence);
gboolean cot_cli_is_terminal (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotCliInput, cot_cli_input_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotCliPassPhrase, cot_cli_pass_phrase_free)

G_END_DECLS
