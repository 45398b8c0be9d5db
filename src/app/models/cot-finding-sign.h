/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* What a finding means to somebody who looks for what is wrong; what matters more is larger. Only
 * what went well and what is normal may have a tick. */
typedef enum
{
  COT_FINDING_SIGN_NONE,
  COT_FINDING_SIGN_GOOD,
  COT_FINDING_SIGN_NORMAL,
  COT_FINDING_SIGN_OVER, /* it was a problem, and is none any more */
  COT_FINDING_SIGN_NOTED, /* neither good nor bad by itself: its text tells */
  COT_FINDING_SIGN_WAITING,
  COT_FINDING_SIGN_PROBLEM,
  COT_FINDING_SIGN_FAILURE,
} CotFindingSign;

CotFindingSign cot_finding_sign_of (const CotFinding *finding);
const char *cot_finding_sign_get_icon (CotFindingSign sign);
/* The style class of its colour. */
const char *cot_finding_sign_get_css_class (CotFindingSign sign);
/* "Seen in these logs: it went well" */
const char *cot_finding_sign_get_text (CotFindingSign sign);

G_END_DECLS
