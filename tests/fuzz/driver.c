/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs a fuzz target as a normal test: over every file of its stored corpus, and over inputs that
 * are made by mutating those files and a few built-in seeds. The same ones for the same corpus, so
 * that a failure can be repeated.
 *
 *   --seconds N   goes on for so long instead, with other inputs each time
 *   --keep FOLDER where an input is written that the target did not survive, or was slow with */

#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A target that takes long has fewer of them, and the same ones on each machine: what a clock ends
 * cannot be repeated. */
#ifndef N_MUTATIONS
#define N_MUTATIONS 400u
#endif
#define MAX_INPUT_BYTES (256 * 1024)
/* With sanitizers, on a machine that does other things as well. */
#define MAX_INPUT_SECONDS 20
#define MAX_CHANGES 24

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static const char *const seeds[] = {
  "",
  "<![LOG[Contoso]LOG]!><time=\"09:12:41.327+300\" date=\"11-18-2026\" component=\"A\" "
  "context=\"\" type=\"3\" thread=\"7120\" file=\"a.cpp:1\">\r\n",
  "text~  $$<SMS_X><11-18-2026 09:12:41.327+300><thread=1 (0x1)>\r\n",
  "plain\nlines\r\nof\rtext",
};

/* The input that runs just now, for a handler of signals. */
static const guint8 *current;
static gsize current_size;
static char *keep_path; /* (nullable) */

static void
on_death (int signal_number)
{
  int fd = open (keep_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

  if (fd >= 0)
    {
      gsize n = 0;
      gssize written;

      while (n < current_size && (written = write (fd, current + n, current_size - n)) > 0)
        n += (gsize) written;
      close (fd);
    }
  signal (signal_number, SIG_DFL);
  raise (signal_number);
}

static void
watch_deaths (const char *folder, const char *program)
{
  static const int signals[] = { SIGABRT, SIGALRM, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP };
  g_autofree char *name = g_path_get_basename (program);

  keep_path = g_strdup_printf ("%s/%s-%d", folder, name, (int) getpid ());
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    signal (signals[i], on_death);
}

/* Runs on a copy of the exact size, so that a sanitizer sees the first byte beyond it. */
static void
run_one (const guint8 *data, gsize size)
{
  g_autofree guint8 *copy = g_memdup2 (data, size);

  current = data;
  current_size = size;
  alarm (MAX_INPUT_SECONDS);
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

/* A part of one input in the place of a part of another. */
static void
cross (GRand *random, GByteArray *input, GBytes *other)
{
  gsize n_other;
  const guint8 *data = g_bytes_get_data (other, &n_other);
  guint from = (guint) g_rand_int_range (random, 0, (gint32) n_other + 1);
  guint n = (guint) g_rand_int_range (random, 0, (gint32) MIN (n_other - from, 4096) + 1);
  guint at = (guint) g_rand_int_range (random, 0, (gint32) input->len + 1);

  if (n == 0 || input->len + n > MAX_INPUT_BYTES)
    return;
  if (g_rand_boolean (random) && at + n <= input->len)
    memcpy (input->data + at, data + from, n);
  else
    {
      g_autoptr (GByteArray) tail = g_byte_array_new ();

      g_byte_array_append (tail, input->data + at, input->len - at);
      g_byte_array_set_size (input, at);
      g_byte_array_append (input, data + from, n);
      g_byte_array_append (input, tail->data, tail->len);
    }
}

/* Numbers at which sizes and counts go wrong. */
static void
put_number (GRand *random, GByteArray *input)
{
  static const guint64 numbers[] = {
    0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff,
    G_MAXINT64, G_MAXUINT64,
  };
  guint64 number = GUINT64_TO_LE (numbers[g_rand_int_range (random, 0, G_N_ELEMENTS (numbers))]);
  guint n = 1u << g_rand_int_range (random, 0, 4);

  if (input->len >= n)
    memcpy (input->data + g_rand_int_range (random, 0, (gint32) (input->len - n) + 1), &number, n);
}

static void
run_for (guint seconds, GPtrArray *inputs)
{
  guint32 seed = g_random_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  gint64 end_usec = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
  guint64 n = 0;

  for (; g_get_monotonic_time () < end_usec; n++)
    {
      g_autoptr (GByteArray) input = g_byte_array_new ();
      GBytes *first = inputs->pdata[g_rand_int_range (random, 0, (gint32) inputs->len)];
      gint n_changes = g_rand_int_range (random, 1, MAX_CHANGES);
      gsize size;
      const guint8 *data = g_bytes_get_data (first, &size);

      g_byte_array_append (input, data, (guint) MIN (size, (gsize) MAX_INPUT_BYTES));
      for (gint i = 0; i < n_changes; i++)
        switch (g_rand_int_range (random, 0, 6))
          {
          case 0:
            mutate (random, input);
            break;
          case 1:
          case 2:
            put_number (random, input);
            break;
          default:
            cross (random, input,
                   inputs->pdata[g_rand_int_range (random, 0, (gint32) inputs->len)]);
          }
      run_one (input->data, input->len);
    }
  g_print ("%" G_GUINT64_FORMAT " inputs in %u s from seed %u\n", n, seconds, seed);
}

static void
add_folder (GPtrArray *inputs, const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      char *data = NULL;
      gsize size = 0;

      if (g_file_get_contents (file, &data, &size, NULL))
        g_ptr_array_add (inputs, g_bytes_new_take (data, size));
    }
}

static gboolean
take_option (int argc, char **argv, int *i, const char *name, const char **value)
{
  if (!g_str_equal (argv[*i], name) || *i + 1 >= argc)
    return FALSE;
  *value = argv[++*i];
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  const char *seconds = NULL;
  const char *folder = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (seeds); i++)
    g_ptr_array_add (inputs, g_bytes_new_static (seeds[i], strlen (seeds[i])));
  for (int i = 1; i < argc; i++)
    if (!take_option (argc, argv, &i, "--seconds", &seconds)
        && !take_option (argc, argv, &i, "--keep", &folder))
      add_folder (inputs, argv[i]);

  if (folder != NULL)
    watch_deaths (folder, argv[0]);
  if (seconds != NULL)
    {
      run_for ((guint) g_ascii_strtoull (seconds, NULL, 10), inputs);
      return EXIT_SUCCESS;
    }
  for (guint i = 0; i < inputs->len; i++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (inputs->pdata[i], &size);

      run_mutations (data, size);
    }
  g_print ("%u inputs and %u mutations of each\n", inputs->len, N_MUTATIONS);
  return EXIT_SUCCESS;
}
