/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-row-model.h"

G_BEGIN_DECLS

/* Any number of rows made on demand, for tests and measurements of the log view. */
#define SYNTHETIC_TYPE_MODEL (synthetic_model_get_type ())
G_DECLARE_FINAL_TYPE (SyntheticModel, synthetic_model, SYNTHETIC, MODEL, GObject)

SyntheticModel *synthetic_model_new (guint64 n_rows);
void synthetic_model_set_n_rows (SyntheticModel *self, guint64 n_rows);
void synthetic_model_append (SyntheticModel *self, guint64 n);
void synthetic_model_set_has_logs (SyntheticModel *self, gboolean has_logs);
void synthetic_model_set_loaded (SyntheticModel *self, gboolean loaded);
guint64 synthetic_model_get_n_asked (SyntheticModel *self);

G_END_DECLS
