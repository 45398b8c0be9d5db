/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-engine.h"

G_BEGIN_DECLS

/* A device that has journeys: one of those in its case, or all that the case is of. */
typedef struct
{
  CotCase *a_case;
  char *device; /* (nullable): as cot_case_get_journey_device() has it */
  char *name; /* for people: different for each of a list */
} CotTraveller;

/* Those of the cases that have a journey at all, in their order.
 * (transfer full) (element-type CotTraveller) */
GPtrArray *cot_travellers_list (CotCase *const *cases, guint n_cases);
/* Journeys that both are on, as the first has them, in the order of its case.
 * (transfer full) (element-type CotJourneyReport) */
GPtrArray *cot_travellers_list_common (const CotTraveller *one, const CotTraveller *other);
/* What asks for something, or tells of a wait, and only the first has. (element-type CotFinding)
 * (transfer full), the findings belong to the case. */
GPtrArray *cot_travellers_list_only_findings (const CotTraveller *one, const CotTraveller *other);
/* Logs whose names only the first has; NULL where it is not known which are whose. (nullable)
 * (transfer full) (element-type CotLog), likewise. */
GPtrArray *cot_travellers_list_only_logs (const CotTraveller *one, const CotTraveller *other);
/* (nullable) (transfer none) */
CotJourneyReport *cot_traveller_find_journey (const CotTraveller *self, const CotJourney *journey);

G_END_DECLS
