/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

/* Which entries of one log are evidence of which findings: what the field "finding" of a filter
 * asks for. Who finds things lives above: it fills this in, and from then on it is immutable.
 * Reference counted. */
typedef struct _CotFilterFindings CotFilterFindings;

CotFilterFindings *cot_filter_findings_new (void);
CotFilterFindings *cot_filter_findings_ref (CotFilterFindings *self);
void cot_filter_findings_unref (CotFilterFindings *self);
/* A finding; its entries follow. @severity: how bad it is, if it is a problem at all. */
void cot_filter_findings_add (CotFilterFindings *self, const char *id, const char *title,
                              CotSeverity severity);
/* An entry that is evidence of the finding that was added last. */
void cot_filter_findings_add_entry (CotFilterFindings *self, guint64 ordinal);
/* Whether no filter could tell the two apart. */
gboolean cot_filter_findings_equal (CotFilterFindings *self, CotFilterFindings *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotFilterFindings, cot_filter_findings_unref)

G_END_DECLS
