using System.Runtime.InteropServices;

namespace SsaShare.Signing;

/// <summary>The numbers and structures of PKCS#11 v3.0 that are used here, as C lays them out on Unix (no packing, long for CK_ULONG).</summary>
internal static class Ck
{
    public const nuint Ok = 0, UserAlreadyLoggedIn = 0x100, PinIncorrect = 0xA0, AlreadyInitialized = 0x191;
    public const nuint PublicKey = 2, PrivateKey = 3, User = 1, OsLocking = 2, SerialSession = 4, WritableSession = 2;
    public const nuint KeyTypeEc = 3, KeyTypeEdwards = 0x40;
    public const nuint Class = 0x00, Token = 0x01, Private = 0x02, Label = 0x03, Value = 0x11, KeyType = 0x100, Id = 0x102, Sensitive = 0x103,
        MaySign = 0x108, MayVerify = 0x10A, MayDerive = 0x10C, Extractable = 0x162, EcParams = 0x180, EcPoint = 0x181;
    public const nuint EcKeyPairGen = 0x1040, Ecdsa = 0x1041, EdwardsKeyPairGen = 0x1055, Eddsa = 0x1057;

    // Places in CK_FUNCTION_LIST, counted from the first function.
    public const int Initialize = 0, Finalize = 1, GetSlotList = 4, GetTokenInfo = 6, OpenSession = 12, CloseSession = 13, CloseAllSessions = 14,
        Login = 18, CreateObject = 20, DestroyObject = 22, GetAttributeValue = 24, FindObjectsInit = 26, FindObjects = 27, FindObjectsFinal = 28,
        SignInit = 42, Sign = 43, GenerateKeyPair = 59;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CkAttribute
{
    public nuint Type;
    public void* Value;
    public nuint Length;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CkMechanism
{
    public nuint Type;
    public void* Parameter;
    public nuint ParameterLength;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CkInitializeArguments
{
    public fixed ulong Mutexes[4];
    public nuint Flags;
    public void* Reserved;
}

/// <summary>CK_TOKEN_INFO: four blank-padded names, then numbers of which none is used.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CkTokenInfo
{
    public fixed byte Label[32];
    public fixed byte Manufacturer[32];
    public fixed byte Model[16];
    public fixed byte SerialNumber[16];
    private fixed byte _numbers[512];
}
