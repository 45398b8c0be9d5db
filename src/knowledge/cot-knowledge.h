/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-detector.h"
#include "cot-guide.h"
#include "cot-journey.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define COT_KNOWLEDGE_ERROR (cot_knowledge_error_quark ())

typedef enum
{
  COT_KNOWLEDGE_ERROR_BAD_RULE,
  COT_KNOWLEDGE_ERROR_DUPLICATE_ID,
  COT_KNOWLEDGE_ERROR_SAMPLE_MISMATCH,
  COT_KNOWLEDGE_ERROR_UNREADABLE, /* no file that can be read, or too large */
} CotKnowledgeError;

GQuark cot_knowledge_error_quark (void);

/* Every detector, the journeys and the guide. Immutable, reference counted; any thread. */
typedef struct _CotKnowledge CotKnowledge;

/* What was left out of a user's file, and why. */
typedef struct
{
  char *file; /* path */
  guint line; /* 1-based; 0 where the whole file is meant */
  CotKnowledgeError code;
  char *reason;
} CotKnowledgeProblem;

/* A file of the user, and what came of it. */
typedef struct
{
  char *path;
  guint n_detectors; /* that are in use; without markers */
  guint n_journeys;
  guint n_log_entries; /* logs of the catalogue, and groups of them */
  guint n_problems;
} CotKnowledgePack;

/* Beside the files of a user: the ids of those of her detectors that are switched off, a line for
 * each. */
#define COT_KNOWLEDGE_OFF_FILE "switched-off"
#define COT_KNOWLEDGE_MAX_FILE_BYTES (1024 * 1024)
/* What is behind these is not read, and is a problem. */
#define COT_KNOWLEDGE_MAX_PACKS 200
#define COT_KNOWLEDGE_MAX_PROBLEMS 100
/* In the files of a user, lines of milestones included. */
#define COT_KNOWLEDGE_MAX_DETECTORS 500

CotKnowledge *cot_knowledge_new_builtin (GError **error);
/* @base and the *.xml files of @folder, in the order of their names. A folder that does not exist
 * holds none. What is wrong with a file becomes a problem; everything else goes on. */
CotKnowledge *cot_knowledge_new_with_folder (CotKnowledge *base, const char *folder);
/* Likewise of these files alone, in this order. */
CotKnowledge *cot_knowledge_new_with_files (CotKnowledge *base, const char *const *paths,
                                            guint n_paths);
/* A regular file of at most that size. Errors: COT_KNOWLEDGE_ERROR_UNREADABLE. Any thread. */
gboolean cot_knowledge_load_file (const char *path, char **text, gsize *length_bytes,
                                  GError **error);
/* Is this line of COT_KNOWLEDGE_OFF_FILE about that detector? */
gboolean cot_knowledge_off_line_names (const char *line, const char *id);
/* One document, for tests and checks; @base may be NULL. Fails at the first fault. */
CotKnowledge *cot_knowledge_new_from_xml (CotKnowledge *base, const char *name, const char *xml,
                                          gsize length_bytes, GError **error);
CotKnowledge *cot_knowledge_ref (CotKnowledge *self);
void cot_knowledge_unref (CotKnowledge *self);

/* Markers included; in the order of areas and files. */
guint cot_knowledge_get_n_detectors (CotKnowledge *self);
const CotDetector *cot_knowledge_get_detector (CotKnowledge *self, guint index);
const CotDetector *cot_knowledge_find (CotKnowledge *self, const char *id); /* (nullable) */
/* Also of an id that no detector has: who gives it to a new one would be surprised. */
gboolean cot_knowledge_is_switched_off (CotKnowledge *self, const char *id);
const CotGuide *cot_knowledge_get_guide (CotKnowledge *self);
/* In the order of files and places. */
guint cot_knowledge_get_n_journeys (CotKnowledge *self);
const CotJourney *cot_knowledge_get_journey (CotKnowledge *self, guint index);
const CotJourney *cot_knowledge_find_journey (CotKnowledge *self, const char *id); /* (nullable) */
guint cot_knowledge_get_n_problems (CotKnowledge *self);
const CotKnowledgeProblem *cot_knowledge_get_problem (CotKnowledge *self, guint index);
guint cot_knowledge_get_n_packs (CotKnowledge *self);
const CotKnowledgePack *cot_knowledge_get_pack (CotKnowledge *self, guint index);

/* What there is, whether anything is known of it or not: (nullable) beyond the last one. */
const char *cot_knowledge_get_nth_area (guint index);

/* Does every sample match and every near miss not? The loader asks this of a user's files. */
gboolean cot_knowledge_check_samples (CotKnowledge *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotKnowledge, cot_knowledge_unref)

G_END_DECLS
