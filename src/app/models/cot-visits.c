/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-visits.h"

#define MAX_PLACES 100
/* Entries so near to one another are one place: both are seen. */
#define NEAR_ENTRIES 5

typedef struct
{
  GWeakRef a_case;
  GWeakRef log;
  guint64 ordinal;
} Place;

struct _CotVisits
{
  GPtrArray *places; /* (element-type Place), the oldest first */
  guint current; /* where the user is in there; behind the last one: not yet in there */
};

static void
place_free (gpointer data)
{
  Place *place = data;

  g_weak_ref_clear (&place->a_case);
  g_weak_ref_clear (&place->log);
  g_free (place);
}

static Place *
place_new (const CotVisit *visit)
{
  Place *place = g_new0 (Place, 1);

  g_weak_ref_init (&place->a_case, visit->a_case);
  g_weak_ref_init (&place->log, visit->log);
  place->ordinal = visit->ordinal;
  return place;
}

static gboolean
is_near (Place *place, const CotVisit *visit)
{
  g_autoptr (GObject) log = g_weak_ref_get (&place->log);
  guint64 low = MIN (place->ordinal, visit->ordinal);
  guint64 high = MAX (place->ordinal, visit->ordinal);

  return log == visit->log && high - low <= NEAR_ENTRIES;
}

CotVisits *
cot_visits_new (void)
{
  CotVisits *self = g_new0 (CotVisits, 1);

  self->places = g_ptr_array_new_with_free_func (place_free);
  return self;
}

void
cot_visits_free (CotVisits *self)
{
  g_ptr_array_unref (self->places);
  g_free (self);
}

/* At the end, where it is not there already. */
static void
append (CotVisits *self, const CotVisit *visit)
{
  GPtrArray *places = self->places;

  if (visit->a_case == NULL
      || (places->len > 0 && is_near (g_ptr_array_index (places, places->len - 1), visit)))
    return;
  if (places->len == MAX_PLACES)
    g_ptr_array_remove_index (places, 0);
  g_ptr_array_add (places, place_new (visit));
}

void
cot_visits_leave (CotVisits *self, const CotVisit *here)
{
  if (self->current < self->places->len)
    g_ptr_array_set_size (self->places, (int) self->current + 1);
  append (self, here);
  self->current = self->places->len;
}

static gboolean
get_visit (CotVisits *self, guint index, CotVisit *visit)
{
  Place *place = g_ptr_array_index (self->places, index);

  visit->a_case = g_weak_ref_get (&place->a_case);
  visit->log = g_weak_ref_get (&place->log);
  visit->ordinal = place->ordinal;
  if (visit->a_case != NULL && visit->log != NULL)
    return TRUE;
  g_clear_object (&visit->a_case);
  g_clear_object (&visit->log);
  return FALSE;
}

gboolean
cot_visits_step (CotVisits *self, gboolean forward, const CotVisit *here, CotVisit *there)
{
  guint n_before = self->places->len;
  guint index = self->current;

  /* To come back to where the first step back begins. */
  if (!forward && self->current == self->places->len)
    {
      append (self, here);
      index = self->places->len > 0 ? self->places->len - 1 : 0;
      if (self->places->len > 0
          && (here->a_case == NULL || !is_near (g_ptr_array_index (self->places, index), here)))
        index++;
    }
  while (forward ? index + 1 < self->places->len : index > 0)
    {
      index += forward ? 1 : -1;
      if (!get_visit (self, index, there))
        continue;
      self->current = index;
      return TRUE;
    }
  g_ptr_array_set_size (self->places, (int) MIN (n_before, self->places->len));
  return FALSE;
}
