/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs a fuzz target as a normal test: over every file of its stored corpus, and over inputs that
 * are made by mutating those files and a few built-in seeds. The same run for the same corpus, so
 * that a failure can be repeated. */

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define N_MUTATIONS 400
#define MAX_INPUT_BYTES (256 * 1024)

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const char *const seeds[] = {
  "",
  "<![LOG[Contoso]LOG]!><time=\"09:12:41.327+300\" date=\"11-18-2026\" component=\"A\" "
  "context=\"\" type=\"3\" thread=\"7120\" file=\"a.cpp:1\">\r\n",
  "text~  $$<SMS_X><11-18-2026 09:12:41.327+300><thread=1 (0x1)>\r\n",
  "plain\nlines\r\nof\rtext",
};

/* Runs on a copy of the exact size, so that a sanitizer sees the first byte beyond it. */
static void
run_one (const guint8 *data, gsize size)
{
  g_autofree guint8 *copy = g_memdup2 (data, size);

  LLVMFuzzerTestOneInput (copy != NULL ? copy : (const guint8 *) "", size);
}

static void
mutate (GRand *random, GByteArray *input)
{
  guint n_changes = (guint) g_rand_int_range (random, 1, 8);

  for (guint i = 0; i < n_changes; i++)
    {
      guint at = input->len == 0 ? 0 : (guint) g_rand_int_range (random, 0, (gint32) input->len);
      guint8 byte = (guint8) g_rand_int_range (random, 0, 256);

      switch (g_rand_int_range (random, 0, 5))
        {
        case 0:
          if (input->len > 0)
            input->data[at] = byte;
          break;
        case 1:
          if (input->len > 0)
            g_byte_array_remove_range (input, at, MIN (input->len - at, 1u + byte % 16));
          break;
        case 2:
          g_byte_array_append (input, &byte, 1);
          break;
        case 3:
          {
            const char *seed = seeds[byte % G_N_ELEMENTS (seeds)];

            g_byte_array_append (input, (const guint8 *) seed, (guint) strlen (seed));
            break;
          }
        default:
          if (input->len > 0)
            g_byte_array_set_size (input, at);
          break;
        }
    }
}

static void
run_mutations (const guint8 *data, gsize size)
{
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) size);

  run_one (data, size);
  for (guint i = 0; i < N_MUTATIONS; i++)
    {
      g_autoptr (GByteArray) input = g_byte_array_new ();

      g_byte_array_append (input, data, (guint) MIN (size, (gsize) MAX_INPUT_BYTES));
      mutate (random, input);
      run_one (input->data, input->len);
    }
}

static guint
run_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *data = NULL;
      gsize size = 0;

      if (!g_file_get_contents (file, &data, &size, NULL))
        continue;
      run_mutations ((const guint8 *) data, size);
      n++;
    }
  return n;
}

int
main (int argc, char **argv)
{
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (seeds); i++)
    {
      run_mutations ((const guint8 *) seeds[i], strlen (seeds[i]));
      n++;
    }
  for (int i = 1; i < argc; i++)
    n += run_folder (argv[i]);
  g_print ("%u inputs and %u mutations of each\n", n, N_MUTATIONS);
  return EXIT_SUCCESS;
}
