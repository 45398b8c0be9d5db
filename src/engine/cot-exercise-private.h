/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-case-private.h"
#include "cot-exercise.h"

G_BEGIN_DECLS

typedef struct
{
  CotExercise *exercise; /* (unowned): for whoever asks */
  CotCaseQuestion *question;
  guint log; /* index in the logs of @question; G_MAXUINT: none of them */
  guint64 ordinal;
  CotSnapshot *snapshot; /* of the log */
  CotSeverity severity; /* of the entry */
  const char *cause; /* (nullable): the scenario's detector */
} CotExerciseLineQuestion;

CotExerciseLineQuestion *cot_exercise_line_question_new (CotCase *a_case, CotLog *log,
                                                         guint64 ordinal, const char *cause);
CotExerciseLine cot_exercise_line_question_answer (const CotExerciseLineQuestion *self);
void cot_exercise_line_question_free (CotExerciseLineQuestion *self);

G_END_DECLS
