/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A journey of the tests, and the logs that a test writes for it. */

#pragma once

#include "cot-journey-report.h"

#include "knowledge-log.h"

#include <string.h>

#define MAX_LOGS 16

/* A path over three logs, with all that a journey can have. */
#define LINE(log, text) \
  "<line><log>" log "</log><match kind=\"literal\">" text "</match><sample>" text "</sample></line>"
#define TELLS "<missing>It did not happen.</missing><step>Look there.</step>"
#define MILESTONE(id, attributes, log, text, tells) \
  "<milestone id=\"" id "\" " attributes "><title>T " id "</title>" LINE (log, text) \
  "<expected>" text "</expected>" tells "</milestone>"
#define HEAD "<journey id=\"trip\" area=\"other\"><title>Trip</title><meaning>A trip.</meaning>"
#define TAIL "<source>Me</source></journey>"
#define START \
  MILESTONE ("leave", "starts=\"yes\" applies=\"yes\"", "Home.log", "Leaving home", TELLS)
#define PACK MILESTONE ("pack", "", "Home.log", "Bag is packed", TELLS)
#define TRAIN MILESTONE ("train", "", "Road.log", "Taking the train", TELLS)
#define CAR MILESTONE ("car", "", "Road.log", "Taking the car", TELLS)
#define ROAD "<fork><branch>" TRAIN "</branch><branch>" CAR "</branch></fork>"
#define REST MILESTONE ("rest", "optional=\"yes\"", "Road.log", "Having a rest", "")
#define TOLL MILESTONE ("toll", "server=\"yes\"", "Server.log", "Toll was taken", TELLS)
#define LUNCH MILESTONE ("lunch", "explained-by=\"lost-bag\"", "Inn.log", "Eating lunch", TELLS)
#define ARRIVE MILESTONE ("arrive", "", "Inn.log", "Arriving at the inn", TELLS)
#define LOST \
  "<detector id=\"lost-bag\" area=\"other\" severity=\"error\"><title>Lost</title>" \
  "<log>Road.log</log><match kind=\"literal\">Bag is lost</match>" \
  "<when><together-with detectors=\"found-bag\"/><then state=\"history\"/></when>" \
  "<meaning>M</meaning><step>See Porter.log.</step><source>Me</source>" \
  "<sample>Bag is lost</sample></detector>" \
  "<marker id=\"found-bag\"><log>Office.log</log><match kind=\"literal\">Bag is found</match>" \
  "<sample>Bag is found</sample></marker>"
#define TRIP HEAD START PACK ROAD REST TOLL LUNCH ARRIVE TAIL

enum
{
  M_LEAVE,
  M_PACK,
  M_TRAIN,
  M_CAR,
  M_REST,
  M_TOLL,
  M_LUNCH,
  M_ARRIVE,
};

typedef struct
{
  CotKnowledge *knowledge;
  KnowledgeLog logs[MAX_LOGS];
  guint64 sizes_bytes[MAX_LOGS];
  gboolean guests[MAX_LOGS]; /* of a server; they come last */
  guint n_logs;
  GPtrArray *findings;
  GPtrArray *reports;
} Case;

static inline CotKnowledge *
read_xml (const char *xml, GError **error)
{
  g_autofree char *document = g_strconcat ("<knowledge>", xml, "</knowledge>", NULL);

  return cot_knowledge_new_from_xml (NULL, "mine.xml", document, strlen (document), error);
}

static inline void
case_set_up (Case *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->knowledge = read_xml (LOST TRIP, &error);
  g_assert_no_error (error);
}

static inline void
case_tear_down (Case *self, gconstpointer data)
{
  for (guint i = 0; i < self->n_logs; i++)
    knowledge_log_clear (&self->logs[i]);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->reports, g_ptr_array_unref);
  g_clear_pointer (&self->knowledge, cot_knowledge_unref);
}

static inline KnowledgeLog *
case_add_log (Case *self, const char *name)
{
  g_assert_cmpuint (self->n_logs, <, MAX_LOGS);
  knowledge_log_init (&self->logs[self->n_logs], name);
  return &self->logs[self->n_logs++];
}

static inline void
add_at (KnowledgeLog *log, guint minute, const char *message)
{
  log->n_seconds = minute * 60;
  knowledge_log_add (log, message);
}

static inline void
case_judge_hits (Case *self, CotHits **hits)
{
  CotCaseLog logs[MAX_LOGS];

  for (guint i = 0; i < self->n_logs; i++)
    logs[i] = (CotCaseLog){ self->logs[i].name, hits[i], self->sizes_bytes[i], 1,
                            self->guests[i] };
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->reports, g_ptr_array_unref);
  self->findings = cot_correlate (self->knowledge, logs, self->n_logs);
  self->reports = cot_journeys_judge (self->knowledge, logs, self->n_logs, self->findings);
}

static inline CotJourneyReport *
case_judge (Case *self)
{
  CotHits *hits[MAX_LOGS];

  for (guint i = 0; i < self->n_logs; i++)
    hits[i] = knowledge_log_match (&self->logs[i], self->knowledge);
  case_judge_hits (self, hits);
  for (guint i = 0; i < self->n_logs; i++)
    cot_hits_unref (hits[i]);
  return g_ptr_array_index (self->reports, 0);
}

static inline const CotMilestoneReport *
get (const CotJourneyReport *report, guint index)
{
  g_assert_cmpuint (index, <, report->milestones->len);
  return &g_array_index (report->milestones, CotMilestoneReport, index);
}

#define assert_state(report, index, wanted) g_assert_cmpint (get (report, index)->state, ==, wanted)

/* The way of one who has arrived, but for what is left out. */
static inline void
add_trip (Case *self, const char *left_out)
{
  KnowledgeLog *home = case_add_log (self, "Home.log");
  KnowledgeLog *road = case_add_log (self, "Road.log");
  KnowledgeLog *inn = case_add_log (self, "Inn.log");
  const struct
  {
    KnowledgeLog *log;
    guint minute;
    const char *message;
  } lines[] = {
    { home, 0, "Leaving home" },    { home, 1, "Bag is packed" },  { road, 2, "Taking the car" },
    { road, 3, "Having a rest" },   { inn, 3, "The door opens" },  { inn, 4, "Eating lunch" },
    { inn, 5, "Arriving at the inn" }, { road, 6, "End of the road" },
    { inn, 6, "The door is shut" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (g_strcmp0 (left_out, lines[i].message) != 0)
      add_at (lines[i].log, lines[i].minute, lines[i].message);
}
