/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-rows.h"

G_BEGIN_DECLS

/* What Event Viewer saves as text, with commas or tabs between the columns. It writes the newest
 * event first: the rows are in the order in which things happened. */
extern const CotConversion cot_conversion_event_export;

G_END_DECLS
