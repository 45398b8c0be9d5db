/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Memory for spools whose size is known: cut from regions that the kernel is asked to back with
 * large pages, because to get small ones, one by one, costs several times what filling them does.
 * As on the disk, what was given back is not cut again: it comes back with its region. */

#include <sys/mman.h>
#include <unistd.h>

#include "cot-spool-private.h"

#define LARGE_PAGE_BYTES ((gsize) 2 << 20)
#define REGION_BYTES ((gsize) 32 << 20)

typedef struct
{
  char *start;
  gsize size_bytes;
  gsize n_cut;
  guint n_pieces; /* that were not given back */
} Region;

static struct
{
  GMutex lock;
  GSList *regions; /* of Region; only the first one is cut from */
} memory;

static gsize
round_up (gsize n_bytes, gsize unit)
{
  return (n_bytes + unit - 1) / unit * unit;
}

static Region *
region_new (gsize size_bytes)
{
  /* Some kernels place it as large pages want it, and some do not. */
  gsize mapped_bytes = size_bytes + LARGE_PAGE_BYTES;
  char *mapped = mmap (NULL, mapped_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                       0);
  gsize before;
  Region *region;

  if (mapped == MAP_FAILED)
    return NULL;
  before = round_up (GPOINTER_TO_SIZE (mapped), LARGE_PAGE_BYTES) - GPOINTER_TO_SIZE (mapped);
  if (before > 0)
    munmap (mapped, before);
  munmap (mapped + before + size_bytes, LARGE_PAGE_BYTES - before);
  region = g_new0 (Region, 1);
  region->start = mapped + before;
  region->size_bytes = size_bytes;
  /* Where it cannot, there are small pages. */
  madvise (region->start, size_bytes, MADV_HUGEPAGE);
  return region;
}

static void
region_free (Region *region)
{
  munmap (region->start, region->size_bytes);
  g_free (region);
}

gsize
cot_spool_memory_round (gsize n_bytes)
{
  return round_up (n_bytes, (gsize) sysconf (_SC_PAGESIZE));
}

char *
cot_spool_memory_take (gsize n_bytes)
{
  Region *region;
  char *piece = NULL;

  g_mutex_lock (&memory.lock);
  region = memory.regions != NULL ? memory.regions->data : NULL;
  if (region == NULL || region->size_bytes - region->n_cut < n_bytes)
    {
      region = region_new (round_up (MAX (n_bytes, REGION_BYTES), LARGE_PAGE_BYTES));
      if (region != NULL)
        memory.regions = g_slist_prepend (memory.regions, region);
    }
  if (region != NULL)
    {
      piece = region->start + region->n_cut;
      region->n_cut += n_bytes;
      region->n_pieces++;
    }
  g_mutex_unlock (&memory.lock);
  return piece;
}

void
cot_spool_memory_give_back (char *piece, gsize n_bytes)
{
  g_mutex_lock (&memory.lock);
  for (GSList *link = memory.regions; link != NULL; link = link->next)
    {
      Region *region = link->data;

      if (piece < region->start || piece >= region->start + region->size_bytes)
        continue;
      if (--region->n_pieces == 0)
        {
          memory.regions = g_slist_delete_link (memory.regions, link);
          region_free (region);
        }
      else
        madvise (piece, n_bytes, MADV_DONTNEED);
      break;
    }
  g_mutex_unlock (&memory.lock);
}
