/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Attempts to get out of the lock, each in a process of its own that has locked itself in the way
 * the worker does. An attempt that works is a failed test. */

#include "cot-sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* How a child ended */
#define ESCAPED 10
#define REFUSED 11
#define NOT_LOCKED 12

/* TRUE: it worked. */
typedef gboolean (*Attempt) (void);

static pid_t parent;

static gboolean
open_for_reading (void)
{
  return open ("/etc/passwd", O_RDONLY) >= 0;
}

static gboolean
open_for_writing (void)
{
  return open ("/tmp/cotrace-escaped", O_WRONLY | O_CREAT, 0600) >= 0;
}

static gboolean
open_beneath_nothing (void)
{
  return syscall (SYS_openat, AT_FDCWD, ".", O_PATH) >= 0;
}

static gboolean
list_folder (void)
{
  return open ("/", O_RDONLY | O_DIRECTORY) >= 0;
}

static gboolean
look_at_file (void)
{
  struct stat status;

  return stat ("/etc/passwd", &status) == 0;
}

static gboolean
remove_file (void)
{
  return unlink ("/tmp/cotrace-escaped") == 0 || errno == ENOENT;
}

static gboolean
make_socket (void)
{
  return socket (AF_INET, SOCK_STREAM, 0) >= 0;
}

static gboolean
make_unix_socket (void)
{
  return socket (AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static gboolean
run_program (void)
{
  execl ("/bin/true", "true", NULL);
  return FALSE;
}

static gboolean
make_process (void)
{
  pid_t pid = (pid_t) syscall (SYS_clone, SIGCHLD, 0, 0, 0, 0);

  if (pid == 0)
    _exit (0);
  return pid > 0;
}

static gboolean
trace_parent (void)
{
  return ptrace (PTRACE_ATTACH, parent, 0, 0) == 0;
}

static gboolean
be_traced (void)
{
  return ptrace (PTRACE_TRACEME, 0, 0, 0) == 0;
}

/* Signal 0 only asks whether it could. */
static gboolean
signal_parent (void)
{
  return kill (parent, 0) == 0;
}

static gboolean
signal_parents_thread (void)
{
  return syscall (SYS_tgkill, parent, parent, 0) == 0;
}

static gboolean
read_parents_memory (void)
{
  return syscall (SYS_process_vm_readv, parent, NULL, 0, NULL, 0, 0) >= 0;
}

static gboolean
execute_memory (void)
{
  return mmap (NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static gboolean
make_memory_executable (void)
{
  void *memory = mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  return memory != MAP_FAILED && mprotect (memory, 4096, PROT_READ | PROT_EXEC) == 0;
}

static gboolean
map_archive (void)
{
  return mmap (NULL, 4096, PROT_READ | PROT_EXEC, MAP_SHARED, 3, 0) != MAP_FAILED;
}

static gboolean
raise_limit (void)
{
  struct rlimit limit = { RLIM_INFINITY, RLIM_INFINITY };

  return setrlimit (RLIMIT_AS, &limit) == 0;
}

static gboolean
take_other_file (void)
{
  char byte;

  /* The test opened it there before the lock. */
  return pread (7, &byte, 1, 0) == 1;
}

static gboolean
take_much_memory (void)
{
  return mmap (NULL, (gsize) 1 << 30, PROT_READ | PROT_WRITE,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
         != MAP_FAILED;
}

static gboolean
make_namespace (void)
{
  return syscall (SYS_unshare, 0x10000000) == 0;
}

static gboolean
make_io_ring (void)
{
  guint8 parameters[128] = { 0 };

  return syscall (425, 1, parameters) >= 0;
}

static gboolean
become_dumpable (void)
{
  return prctl (PR_SET_DUMPABLE, 1, 0, 0, 0) == 0;
}

static gboolean
link_file (void)
{
  return link ("/proc/self/exe", "/tmp/cotrace-escaped") == 0;
}

static gboolean
change_folder (void)
{
  return chdir ("/") == 0;
}

typedef struct
{
  const char *name;
  Attempt attempt;
  gboolean landlock_alone; /* Landlock forbids it without the other lock, too */
  gboolean no_call; /* what is refused is not the call, but what it asks for */
} Escape;

static const Escape escapes[] = {
  { "open-for-reading", open_for_reading, TRUE, FALSE },
  { "open-for-writing", open_for_writing, TRUE, FALSE },
  { "open-path", open_beneath_nothing, FALSE, FALSE },
  { "list-folder", list_folder, TRUE, FALSE },
  { "look-at-file", look_at_file, FALSE, FALSE },
  { "remove-file", remove_file, FALSE, FALSE },
  { "socket", make_socket, FALSE, FALSE },
  { "unix-socket", make_unix_socket, FALSE, FALSE },
  { "run-program", run_program, TRUE, FALSE },
  { "make-process", make_process, FALSE, FALSE },
  { "trace-parent", trace_parent, TRUE, FALSE },
  { "be-traced", be_traced, FALSE, FALSE },
  { "signal-parent", signal_parent, FALSE, FALSE },
  { "signal-parents-thread", signal_parents_thread, FALSE, FALSE },
  { "read-parents-memory", read_parents_memory, FALSE, FALSE },
  { "execute-memory", execute_memory, FALSE, FALSE },
  { "make-memory-executable", make_memory_executable, FALSE, FALSE },
  { "map-archive", map_archive, FALSE, FALSE },
  { "raise-limit", raise_limit, FALSE, FALSE },
  { "other-file", take_other_file, TRUE, TRUE },
  { "much-memory", take_much_memory, TRUE, TRUE },
  { "namespace", make_namespace, FALSE, FALSE },
  { "io-ring", make_io_ring, FALSE, FALSE },
  { "dumpable", become_dumpable, FALSE, FALSE },
  { "link-file", link_file, TRUE, FALSE },
  { "change-folder", change_folder, FALSE, FALSE },
};

static void
run_child (CotSandboxFlags flags, Attempt attempt)
{
  int fd = open ("/dev/zero", O_RDONLY);

  if (fd < 0 || dup2 (fd, 3) < 0 || dup2 (fd, 7) < 0 || cot_sandbox_enter (flags) != NULL)
    _exit (NOT_LOCKED);
  _exit (attempt () ? ESCAPED : REFUSED);
}

static int
try (CotSandboxFlags flags, Attempt attempt)
{
  pid_t pid;
  int wait_status;

  parent = getpid ();
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    run_child (flags, attempt);
  g_assert_cmpint (waitpid (pid, &wait_status, 0), ==, pid);
  return wait_status;
}

static void
assert_refused (int wait_status)
{
  g_assert_true (WIFEXITED (wait_status));
  g_assert_cmpint (WEXITSTATUS (wait_status), ==, REFUSED);
}

/* The sanitizer's own calls would be the first to be killed for, and its shadow needs more memory
 * than the lock allows. */
static gboolean
is_skipped (const Escape *escape, gboolean kills)
{
#if defined(__SANITIZE_ADDRESS__)
  if (kills || escape->attempt == take_much_memory)
    {
      g_test_skip ("not with AddressSanitizer");
      return TRUE;
    }
#endif
  return FALSE;
}

static void
test_refused (gconstpointer data)
{
  const Escape *escape = data;

  if (is_skipped (escape, FALSE))
    return;
  assert_refused (try (COT_SANDBOX_DEFAULT, escape->attempt));
}

/* On a kernel without Landlock the list of calls must do. */
static void
test_refused_without_landlock (gconstpointer data)
{
  const Escape *escape = data;

  if (is_skipped (escape, FALSE))
    return;
  assert_refused (try (COT_SANDBOX_WITHOUT_LANDLOCK, escape->attempt));
}

static void
test_killed (gconstpointer data)
{
  const Escape *escape = data;
  int wait_status;

  if (is_skipped (escape, TRUE))
    return;
  wait_status = try (COT_SANDBOX_KILL, escape->attempt);
  if (escape->no_call)
    {
      assert_refused (wait_status);
      return;
    }
  g_assert_true (WIFSIGNALED (wait_status));
  g_assert_cmpint (WTERMSIG (wait_status), ==, SIGSYS);
}

static gboolean
has_landlock (void)
{
  return syscall (444, NULL, 0, 1) >= 0;
}

/* Each of the two locks holds by itself. */
static void
test_refused_by_landlock (gconstpointer data)
{
  const Escape *escape = data;

  if (is_skipped (escape, FALSE))
    return;
  if (!has_landlock ())
    {
      g_test_skip ("this kernel has no Landlock");
      return;
    }
  assert_refused (try (COT_SANDBOX_WITHOUT_SECCOMP, escape->attempt));
}

static gboolean
do_what_is_needed (void)
{
  char byte;
  void *memory = malloc (64 * 1024 * 1024);
  gboolean done = memory != NULL && pread (3, &byte, 1, 0) == 1 && write (1, "", 0) == 0;

  free (memory);
  return done;
}

static void
test_needed (void)
{
#if defined(__SANITIZE_ADDRESS__)
  int wait_status = try (COT_SANDBOX_DEFAULT, do_what_is_needed);
#else
  int wait_status = try (COT_SANDBOX_KILL, do_what_is_needed);
#endif

  g_assert_true (WIFEXITED (wait_status));
  g_assert_cmpint (WEXITSTATUS (wait_status), ==, ESCAPED);
}

/* The attempts can tell an escape: without a lock most of them work. */
static void
test_attempts_work (void)
{
  static const Attempt harmless[] = { open_for_reading, list_folder, look_at_file, make_socket,
                                      make_unix_socket, make_process, execute_memory,
                                      make_memory_executable, signal_parent, change_folder };

  for (gsize i = 0; i < G_N_ELEMENTS (harmless); i++)
    {
      pid_t pid;
      int wait_status;

      parent = getpid ();
      pid = fork ();
      g_assert_cmpint (pid, >=, 0);
      if (pid == 0)
        _exit (harmless[i] () ? ESCAPED : REFUSED);
      g_assert_cmpint (waitpid (pid, &wait_status, 0), ==, pid);
      g_assert_true (WIFEXITED (wait_status));
      g_assert_cmpint (WEXITSTATUS (wait_status), ==, ESCAPED);
    }
}

/* Forbids @call to this process with @number as the answer, as an outer sandbox might. */
static void
forbid (guint32 call, guint32 number)
{
  struct sock_filter instructions[] = {
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, G_STRUCT_OFFSET (struct seccomp_data, nr)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | number),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = { G_N_ELEMENTS (instructions), instructions };

  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
      || prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) != 0)
    _exit (1);
}

static gboolean
can_enter_with_forbidden (guint32 call, guint32 number)
{
  pid_t pid = fork ();
  int wait_status;

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      forbid (call, number);
      _exit (cot_sandbox_enter (COT_SANDBOX_DEFAULT) == NULL ? ESCAPED : NOT_LOCKED);
    }
  g_assert_cmpint (waitpid (pid, &wait_status, 0), ==, pid);
  g_assert_true (WIFEXITED (wait_status));
  return WEXITSTATUS (wait_status) == ESCAPED;
}

/* Where a step does not work, there is no way in; only a kernel that has no Landlock at all may
 * do without it. */
static void
test_fails_closed (void)
{
  g_assert_true (can_enter_with_forbidden (444, ENOSYS));
  g_assert_true (can_enter_with_forbidden (444, EOPNOTSUPP));
  g_assert_false (can_enter_with_forbidden (444, EPERM));
  if (has_landlock ())
    g_assert_false (can_enter_with_forbidden (446, EPERM));
  g_assert_false (can_enter_with_forbidden (SYS_prlimit64, EPERM));
  g_assert_false (can_enter_with_forbidden (SYS_prctl, EPERM));
  /* Closing one by one instead */
  g_assert_true (can_enter_with_forbidden (436, ENOSYS));
}

static void
add (const char *group, gsize i, GTestDataFunc function)
{
  g_autofree char *path = g_strdup_printf ("/sandbox/%s/%s", group, escapes[i].name);

  g_test_add_data_func (path, &escapes[i], function);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/attempts-work", test_attempts_work);
  g_test_add_func ("/sandbox/needed", test_needed);
  g_test_add_func ("/sandbox/fails-closed", test_fails_closed);
  for (gsize i = 0; i < G_N_ELEMENTS (escapes); i++)
    {
      add ("refused", i, test_refused);
      add ("refused-without-landlock", i, test_refused_without_landlock);
      add ("killed", i, test_killed);
      if (escapes[i].landlock_alone)
        add ("refused-by-landlock", i, test_refused_by_landlock);
    }
  return g_test_run ();
}
