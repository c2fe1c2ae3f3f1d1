"""restricted.py ERRNO CALLS MEMLOCK COMMAND...: runs a command as a container might.

System calls with the numbers CALLS (separated by commas) fail with ERRNO, by seccomp; not more than MEMLOCK bytes may be
locked, whoever the user is. "-" for either leaves it as it is.
"""
import ctypes
import os
import resource
import struct
import sys

PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 22, 24, 38
SECCOMP_MODE_FILTER = 2
SECCOMP_RET_ERRNO, SECCOMP_RET_ALLOW = 0x00050000, 0x7FFF0000
LOAD_WORD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
CAP_IPC_LOCK = 14

libc = ctypes.CDLL(None, use_errno=True)


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


def prctl(*arguments):
    if libc.prctl(*arguments, *[0] * (5 - len(arguments))) != 0:
        sys.exit("prctl: " + os.strerror(ctypes.get_errno()))


def instruction(code, if_true, if_false, operand):
    return struct.pack("HBBI", code, if_true, if_false, operand)


def refuse(calls, error):
    code = instruction(LOAD_WORD, 0, 0, 0)
    for index, call in enumerate(calls):
        code += instruction(JUMP_IF_EQUAL, len(calls) - index, 0, call)
    code += instruction(RETURN, 0, 0, SECCOMP_RET_ALLOW) + instruction(RETURN, 0, 0, SECCOMP_RET_ERRNO | error)
    memory = ctypes.create_string_buffer(code)
    program = Program(len(code) // 8, ctypes.addressof(memory))
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program))


error, numbers, memlock, command = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:]
if memlock != "-":
    if os.geteuid() == 0:
        prctl(PR_CAPBSET_DROP, CAP_IPC_LOCK)
    resource.setrlimit(resource.RLIMIT_MEMLOCK, (int(memlock), int(memlock)))
if numbers != "-":
    refuse([int(number) for number in numbers.split(",")], error)
os.execvp(command[0], command)
