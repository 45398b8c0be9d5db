/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The facade: the only header of the lower floors that the window and the command line include. */

#include "cot-bitset.h"
#include "cot-case.h"
#include "cot-clock.h"
#include "cot-codes.h"
#include "cot-draft.h"
#include "cot-exercise.h"
#include "cot-export.h"
#include "cot-filter-clause.h"
#include "cot-find.h"
#include "cot-highlight.h"
#include "cot-join-state.h"
#include "cot-json.h"
#include "cot-log.h"
#include "cot-log-catalogue.h"
#include "cot-mark-store.h"
#include "cot-marks.h"
#include "cot-merged-log.h"
#include "cot-query.h"
#include "cot-mask.h"
#include "cot-reading.h"
#include "cot-report.h"
#include "cot-scenario.h"
#include "cot-session.h"
#include "cot-types.h"
