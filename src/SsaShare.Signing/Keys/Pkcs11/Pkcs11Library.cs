using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace SsaShare.Signing;

/// <summary>A loaded PKCS#11 module. Each is loaded once for the process, because logins and sessions belong to the process.</summary>
internal sealed unsafe class Pkcs11Library
{
    private static readonly ConcurrentDictionary<string, Lazy<Pkcs11Library>> Loaded = new();

    private readonly nint* _functions;

    private Pkcs11Library(string path)
    {
        if (!NativeLibrary.TryLoad(path, out nint module) || !NativeLibrary.TryGetExport(module, "C_GetFunctionList", out nint function))
        {
            throw new Pkcs11Exception(File.Exists(path) ? $"'{path}' cannot be loaded as a PKCS#11 module." : $"There is no PKCS#11 module '{path}'.");
        }

        nint* list;
        Check(((delegate* unmanaged[Cdecl]<nint**, nuint>)function)(&list), "C_GetFunctionList");
        _functions = list + 1; // After the version, which fills one word.
        Initialize();
    }

    /// <summary>Guards finding, opening and logging in.</summary>
    public Lock Gate { get; } = new();

    /// <exception cref="Pkcs11Exception">No such module, or it does not start.</exception>
    public static Pkcs11Library Load(string path)
    {
        try
        {
            return Loaded.GetOrAdd(path, _ => new Lazy<Pkcs11Library>(() => new Pkcs11Library(path))).Value;
        }
        catch (Pkcs11Exception)
        {
            Loaded.TryRemove(path, out _);
            throw;
        }
    }

    /// <summary>One of the module's functions.</summary>
    public nint this[int function] => _functions[function];

    /// <exception cref="Pkcs11Exception">The return value is not CKR_OK.</exception>
    public static void Check(nuint result, string function)
    {
        if (result != Ck.Ok)
        {
            throw new Pkcs11Exception(function, result);
        }
    }

    /// <summary>Starts the module, if it does not run; several threads will call it.</summary>
    public void Initialize()
    {
        var arguments = new CkInitializeArguments { Flags = Ck.OsLocking };
        nuint result = ((delegate* unmanaged[Cdecl]<void*, nuint>)this[Ck.Initialize])(&arguments);
        if (result != Ck.AlreadyInitialized)
        {
            Check(result, "C_Initialize");
        }
    }

    /// <summary>Stops the module; every session is gone.</summary>
    public void Stop() => Check(((delegate* unmanaged[Cdecl]<void*, nuint>)this[Ck.Finalize])(null), "C_Finalize");

    /// <summary>The slot that holds the token.</summary>
    /// <exception cref="Pkcs11Exception">No token fits, or several do.</exception>
    public nuint FindSlot(Pkcs11Uri uri)
    {
        nuint[] found = [.. Slots().Where(slot => Fits(slot, uri))];
        return found.Length switch
        {
            1 => found[0],
            0 => throw new Pkcs11Exception($"No token is there that fits '{uri}'."),
            _ => throw new Pkcs11Exception($"{found.Length} tokens fit '{uri}'; name one by its serial=."),
        };
    }

    public void CloseAllSessions(nuint slot)
        => Check(((delegate* unmanaged[Cdecl]<nuint, nuint>)this[Ck.CloseAllSessions])(slot), "C_CloseAllSessions");

    private nuint[] Slots()
    {
        var list = (delegate* unmanaged[Cdecl]<byte, nuint*, nuint*, nuint>)this[Ck.GetSlotList];
        nuint count = 0;
        Check(list(1, null, &count), "C_GetSlotList");
        var slots = new nuint[(int)count + 8]; // A token may arrive in between.
        count = (nuint)slots.Length;
        fixed (nuint* first = slots)
        {
            Check(list(1, first, &count), "C_GetSlotList");
        }

        return slots[..(int)count];
    }

    private bool Fits(nuint slot, Pkcs11Uri uri)
    {
        CkTokenInfo info = default;
        if (((delegate* unmanaged[Cdecl]<nuint, CkTokenInfo*, nuint>)this[Ck.GetTokenInfo])(slot, &info) != Ck.Ok)
        {
            return false;
        }

        return Is(uri.TokenLabel, new(info.Label, 32)) && Is(uri.SerialNumber, new(info.SerialNumber, 16))
            && Is(uri.Manufacturer, new(info.Manufacturer, 32)) && Is(uri.Model, new(info.Model, 16));
    }

    private static bool Is(byte[]? wanted, ReadOnlySpan<byte> padded) => wanted is null || padded.TrimEnd((byte)' ').SequenceEqual(wanted);
}
