/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A practice scenario: the logs of a device, what a learner is told and asked about them, and the
 * answer. A folder with the file scenario.xml and, beside it, the logs as a folder or an archive.
 *
 *   PRACTICE-FOLDER/NAME/scenario.xml
 *                       /PC07/...log         the bundle, named in scenario.xml
 *
 * Whoever wrote it: the file is read with bounds, and all text is made visible. */

#define COT_SCENARIO_MAX_FILE_BYTES (256 * 1024)
#define COT_SCENARIO_MAX_TEXT_BYTES 8192
#define COT_SCENARIO_MAX_PARTS 16 /* causes, steps, hints */
#define COT_SCENARIO_MAX_LEVEL 3
#define COT_SCENARIO_MAX_FOLDERS 500 /* in one practice folder */

/* A line that is a right answer: by its message, or by its place. */
typedef struct
{
  char *log; /* its name, "LocationServices.log" */
  char *text; /* (nullable): the whole message */
  guint64 ordinal; /* where @text is NULL */
  int line; /* of scenario.xml, where it begins */
} CotScenarioCause;

typedef struct
{
  char *text;
  char *why; /* why it is right, or wrong */
  gboolean right;
} CotScenarioStep;

/* Fields are read-only. Reference counted, any thread. */
typedef struct
{
  char *id; /* the folder's name */
  char *file; /* that it was read from */
  char *bundle_path; /* what to open */
  char *title;
  char *story;
  guint level; /* 1 to COT_SCENARIO_MAX_LEVEL */
  GPtrArray *causes; /* (element-type CotScenarioCause): none where nothing is broken */
  GPtrArray *steps; /* (element-type CotScenarioStep) */
  GPtrArray *hints; /* (element-type utf8): to the line */
  GPtrArray *step_hints; /* (element-type utf8): to the step */
  char *reveal;
  char *detector; /* (nullable): id, whose finding explains it */
} CotScenario;

CotScenario *cot_scenario_load (const char *folder, GError **error);
CotScenario *cot_scenario_ref (CotScenario *self);
void cot_scenario_unref (CotScenario *self);

/* What stands in several practice folders; of two with one id, the first is taken. */
typedef struct
{
  GPtrArray *scenarios; /* (element-type CotScenario): by level, then by id */
  GPtrArray *problems; /* (element-type utf8): "file:line: reason", what was left out */
} CotScenarioList;

CotScenarioList *cot_scenario_list_read (const char *const *folders);
void cot_scenario_list_free (CotScenarioList *list);
void cot_scenario_list_read_async (const char *const *folders, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data);
CotScenarioList *cot_scenario_list_read_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotScenario, cot_scenario_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotScenarioList, cot_scenario_list_free)

G_END_DECLS
