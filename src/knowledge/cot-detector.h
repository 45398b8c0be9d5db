/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

/* What the project knows about one kind of line. Read-only; owned by its CotKnowledge, which every
 * CotFinding and CotHits keeps alive. Texts are English msgids: only the window and the command
 * line translate them, by gettext (text). */

typedef enum
{
  COT_STEP_DANGER = 1 << 0, /* can destroy something: never with a bare copy button */
  COT_STEP_WEAKENS_SECURITY = 1 << 1, /* lowers protection: shown as a warning, after the others */
} CotStepFlags;

/* @text may mark what can be copied (a command, a path, a registry key) by backquotes. */
typedef struct
{
  const char *text;
  CotStepFlags flags;
} CotStep;

typedef struct
{
  const char *text;
  const char *url; /* (nullable): https, on learn.microsoft.com; built-in knowledge only */
} CotReference;

typedef struct
{
  const char *text; /* a message, without the frame of its record */
  gboolean matches; /* FALSE: a near miss that must not match */
} CotSample;

/* How a captured value is put into words (cot-decode.h). */
typedef enum
{
  COT_DECODER_NONE,
  COT_DECODER_CLIENT_HEALTH, /* flags of ClientHealthStatus */
  COT_DECODER_WORKLOADS, /* flags of co-management */
  COT_DECODER_ERROR_CODE, /* HRESULT, Win32, signed decimal */
  COT_DECODER_HTTP_STATUS,
  COT_DECODER_SYNCML_STATUS,
  COT_DECODER_SID,
  COT_DECODER_TIME,
  /* When something is due that the line tells of: a moment, or how long after the line. */
  COT_DECODER_DUE_TIME,
  COT_DECODER_DUE_MINUTES,
  COT_DECODER_DUE_SECONDS,
} CotDecoder;

typedef struct
{
  const char *name;
  CotDecoder decoder;
  guint base; /* of a number: 10 or 16 */
} CotCaptureRule;

typedef struct _CotDetector CotDetector;

const char *cot_detector_get_id (const CotDetector *self);
/* enrollment cmg client-install client-health discovery certificates management-point policy
 * workloads apps updates hybrid-join intune network other */
const char *cot_detector_get_area (const CotDetector *self);
CotSeverity cot_detector_get_severity (const CotDetector *self); /* "healthy" is SUCCESS */
const char *cot_detector_get_title (const CotDetector *self);
const char *cot_detector_get_meaning (const CotDetector *self);
/* (nullable) for guide entries. */
const char *cot_detector_get_match (const CotDetector *self, gboolean *is_literal);
const CotStep *cot_detector_get_steps (const CotDetector *self, guint *n_steps);
/* Log names as documented, ending with NULL. */
const char *const *cot_detector_get_logs (const CotDetector *self);
/* The pattern is no more than a bare code: it counts only in the logs named. */
gboolean cot_detector_is_generic (const CotDetector *self);
gboolean cot_detector_is_expected (const CotDetector *self);
/* A landmark for the conditions of others: it gives hits, never a finding. Not for display. */
gboolean cot_detector_is_marker (const CotDetector *self);
/* Has no line of its own: a guide entry. */
gboolean cot_detector_is_guide (const CotDetector *self);
gboolean cot_detector_is_builtin (const CotDetector *self);
/* By the user, one of her own: only conditions and journeys that name it still see its lines. */
gboolean cot_detector_is_switched_off (const CotDetector *self);
const char *cot_detector_get_file (const CotDetector *self); /* where it comes from */
guint cot_detector_get_line (const CotDetector *self); /* there: 1-based */
/* (nullable) for guide entries. */
const CotReference *cot_detector_get_references (const CotDetector *self, guint *n_references);
const CotSample *cot_detector_get_samples (const CotDetector *self, guint *n_samples);
/* Ids of findings that are consequences of this one; ids to which it yields on the same entry. */
const char *const *cot_detector_get_yields_to (const CotDetector *self);
const CotCaptureRule *cot_detector_get_captures (const CotDetector *self, guint *n_captures);

/* The pieces of a step's text (translated or not), in order. */
typedef struct
{
  char *text;
  gboolean code; /* can be copied as it is */
} CotSegment;

GPtrArray *cot_step_text_split (const char *text); /* (element-type CotSegment) (transfer full) */
char *cot_step_text_to_plain (const char *text); /* without the marks */

G_END_DECLS
