/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cot-literals-private.h"

#include "cot-byte-rank.h"

/* Many windows share eight buckets. A bucket lets through whatever is made of the halves of its
 * windows' bytes, so that windows which resemble each other belong together. How much one lets
 * through is counted in a sample of what logs look like. */

#define N_BUCKETS 8
#define MAX_CLUSTERS 128 /* more windows than these are added to the cluster that suits them */

/* Places of the sample that are looked at. */
#define N_PLACES 8192
#define N_WORDS (N_PLACES / 64)

/* A set of places. */
typedef struct
{
  guint64 words[N_WORDS];
} Places;

/* Where the halves of bytes stand, at each distance from a place. */
typedef struct
{
  Places low[COT_LITERALS_WINDOW_BYTES][16];
  Places high[COT_LITERALS_WINDOW_BYTES][16];
} Sample;

/* Windows that share a bucket. */
typedef struct
{
  guint16 low[COT_LITERALS_WINDOW_BYTES];
  guint16 high[COT_LITERALS_WINDOW_BYTES];
  Places low_places[COT_LITERALS_WINDOW_BYTES];
  Places high_places[COT_LITERALS_WINDOW_BYTES];
  double rate; /* the part of all places at which it lets through */
} Cluster;

static Sample *
sample_new (void)
{
  Sample *sample = g_new0 (Sample, 1);
  gsize n_places = MIN ((gsize) N_PLACES, cot_literals_sample_bytes - COT_LITERALS_WINDOW_BYTES);

  for (gsize place = 0; place < n_places; place++)
    for (guint k = 0; k < COT_LITERALS_WINDOW_BYTES; k++)
      {
        guchar byte = (guchar) cot_literals_sample[place + k];
        guint64 bit = (guint64) 1 << place % 64;

        sample->low[k][byte & 15].words[place / 64] |= bit;
        sample->high[k][byte >> 4].words[place / 64] |= bit;
      }
  return sample;
}

static void
places_unite (Places *self, const Places *other)
{
  for (guint i = 0; i < N_WORDS; i++)
    self->words[i] |= other->words[i];
}

/* At how many places both clusters together let through. */
static guint
count_places (const Cluster *a, const Cluster *b)
{
  guint n = 0;

  for (guint i = 0; i < N_WORDS; i++)
    {
      guint64 bits = G_MAXUINT64;

      for (guint k = 0; k < COT_LITERALS_WINDOW_BYTES && bits != 0; k++)
        bits &= (a->low_places[k].words[i] | b->low_places[k].words[i])
                & (a->high_places[k].words[i] | b->high_places[k].words[i]);
      if (bits != 0)
        n += (guint) __builtin_popcountll (bits);
    }
  return n;
}

static double
byte_frequency (guint byte)
{
  double frequency = cot_byte_rank[byte] / 2000.0;

  /* The rank of a letter counts both cases; most are small. */
  return g_ascii_isupper ((char) byte) ? frequency / 4 : frequency;
}

/* The same as if bytes came independently of each other: what no sample of this size can tell. */
static double
rate_by_chance (const Cluster *a, const Cluster *b)
{
  double rate = 1;

  for (guint k = 0; k < COT_LITERALS_WINDOW_BYTES; k++)
    {
      guint low_set = a->low[k] | b->low[k];
      guint high_set = a->high[k] | b->high[k];
      double part = 0;

      /* Few of the sixteen are set, and planning is most of what a start costs. */
      for (guint highs = high_set; highs != 0; highs &= highs - 1)
        for (guint lows = low_set; lows != 0; lows &= lows - 1)
          part += byte_frequency ((guint) __builtin_ctz (highs) << 4
                                  | (guint) __builtin_ctz (lows));
      rate *= part;
    }
  return rate;
}

static double
union_rate (const Cluster *a, const Cluster *b)
{
  return COT_LITERALS_SAMPLE_WEIGHT * count_places (a, b) / N_PLACES
         + (1 - COT_LITERALS_SAMPLE_WEIGHT) * rate_by_chance (a, b);
}

/* What merging costs, where that is less than @limit; else anything that is not. Both together let
 * through at least what either does, which is known at once, and at least what chance does: the
 * places, which take longest to count, mostly need not be. */
static double
merge_cost (const Cluster *a, const Cluster *b, double limit)
{
  double by_chance;

  if (-MIN (a->rate, b->rate) >= limit)
    return G_MAXDOUBLE;
  by_chance = (1 - COT_LITERALS_SAMPLE_WEIGHT) * rate_by_chance (a, b);
  if (by_chance - a->rate - b->rate >= limit)
    return G_MAXDOUBLE;
  return COT_LITERALS_SAMPLE_WEIGHT * count_places (a, b) / N_PLACES + by_chance - a->rate
         - b->rate;
}

static void
cluster_unite (Cluster *self, const Cluster *other)
{
  self->rate = union_rate (self, other);
  for (guint k = 0; k < COT_LITERALS_WINDOW_BYTES; k++)
    {
      self->low[k] |= other->low[k];
      self->high[k] |= other->high[k];
      places_unite (&self->low_places[k], &other->low_places[k]);
      places_unite (&self->high_places[k], &other->high_places[k]);
    }
}

static void
cluster_add_byte (Cluster *self, const Sample *sample, guint k, guint byte)
{
  self->low[k] |= (guint16) (1 << (byte & 15));
  self->high[k] |= (guint16) (1 << (byte >> 4));
  places_unite (&self->low_places[k], &sample->low[k][byte & 15]);
  places_unite (&self->high_places[k], &sample->high[k][byte >> 4]);
}

static void
cluster_init (Cluster *self, const Sample *sample, CotSpan window)
{
  memset (self, 0, sizeof *self);
  for (guint k = 0; k < COT_LITERALS_WINDOW_BYTES; k++)
    {
      /* Shorter windows let any byte follow. */
      if (k >= window.length_bytes)
        {
          for (guint half = 0; half < 16; half++)
            cluster_add_byte (self, sample, k, half << 4 | half);
          continue;
        }
      cluster_add_byte (self, sample, k, (guchar) window.data[k]);
      cluster_add_byte (self, sample, k, (guchar) g_ascii_toupper (window.data[k]));
    }
  self->rate = union_rate (self, self);
}

/* Adds a window to the clusters: as its own, or where there are many to the one that suits it. */
static void
add_cluster (GPtrArray *clusters, const Cluster *cluster)
{
  guint best = 0;
  double best_cost = G_MAXDOUBLE;

  if (clusters->len < MAX_CLUSTERS)
    {
      g_ptr_array_add (clusters, g_memdup2 (cluster, sizeof *cluster));
      return;
    }
  for (guint i = 0; i < clusters->len; i++)
    {
      double cost = merge_cost (g_ptr_array_index (clusters, i), cluster, best_cost);

      if (cost < best_cost)
        {
          best = i;
          best_cost = cost;
        }
    }
  cluster_unite (g_ptr_array_index (clusters, best), cluster);
}

typedef struct
{
  guint partner;
  double cost;
} Choice;

/* The best partner of @i among the clusters behind it. */
static Choice
find_partner (const GPtrArray *clusters, guint i)
{
  Choice choice = { .partner = i, .cost = G_MAXDOUBLE };

  for (guint j = i + 1; j < clusters->len; j++)
    {
      const Cluster *a = g_ptr_array_index (clusters, i);
      const Cluster *b = g_ptr_array_index (clusters, j);
      double cost = merge_cost (a, b, choice.cost);

      if (cost < choice.cost)
        choice = (Choice) { .partner = j, .cost = cost };
    }
  return choice;
}

/* Merges the two clusters that lose the least by it, until there are eight. */
static void
reduce_clusters (GPtrArray *clusters)
{
  g_autofree Choice *choices = g_new (Choice, clusters->len);

  for (guint i = 0; i < clusters->len; i++)
    choices[i] = find_partner (clusters, i);
  while (clusters->len > N_BUCKETS)
    {
      guint a = 0;
      guint b;
      guint last = clusters->len - 1;

      for (guint i = 1; i < clusters->len; i++)
        if (choices[i].cost < choices[a].cost)
          a = i;
      b = choices[a].partner;
      cluster_unite (g_ptr_array_index (clusters, a), g_ptr_array_index (clusters, b));
      g_ptr_array_remove_index_fast (clusters, b); /* the last one is now b */
      for (guint i = 0; i < clusters->len; i++)
        {
          double cost;

          if (i == a || i == b || choices[i].partner == a || choices[i].partner == b
              || choices[i].partner == last)
            {
              choices[i] = find_partner (clusters, i);
              continue;
            }
          if (i > a)
            continue;
          cost = merge_cost (g_ptr_array_index (clusters, i), g_ptr_array_index (clusters, a),
                             choices[i].cost);
          if (cost < choices[i].cost)
            choices[i] = (Choice) { .partner = a, .cost = cost };
        }
    }
}

static void
set_masks (CotLiteralsMasks *masks, const GPtrArray *clusters)
{
  memset (masks, 0, sizeof *masks);
  for (guint bucket = 0; bucket < clusters->len; bucket++)
    {
      const Cluster *cluster = g_ptr_array_index (clusters, bucket);

      for (guint k = 0; k < COT_LITERALS_WINDOW_BYTES; k++)
        for (guint half = 0; half < 16; half++)
          {
            masks->low[k][half] |= (guint8) ((cluster->low[k] >> half & 1) << bucket);
            masks->high[k][half] |= (guint8) ((cluster->high[k] >> half & 1) << bucket);
          }
    }
}

/* Lets every window through, and as little else as can be. */
void
cot_literals_set_masks (CotLiteralsMasks *masks, const CotSpan *windows, guint n_windows)
{
  g_autofree Sample *sample = sample_new ();
  g_autoptr (GPtrArray) clusters = g_ptr_array_new_with_free_func (g_free);
  g_autofree Cluster *cluster = g_new (Cluster, 1);

  for (guint i = 0; i < n_windows; i++)
    {
      cluster_init (cluster, sample, windows[i]);
      add_cluster (clusters, cluster);
    }
  reduce_clusters (clusters);
  set_masks (masks, clusters);
}
