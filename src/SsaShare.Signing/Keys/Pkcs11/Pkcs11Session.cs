namespace SsaShare.Signing;

/// <summary>A session with a token, logged in. One thread at a time.</summary>
internal sealed unsafe class Pkcs11Session : IDisposable
{
    private const int MostObjects = 16;
    private readonly Pkcs11Library _library;
    private readonly nuint _handle;

    private Pkcs11Session(Pkcs11Library library, nuint handle) => (_library, _handle) = (library, handle);

    /// <exception cref="Pkcs11Exception">The token is away, or refuses the PIN.</exception>
    public static Pkcs11Session Open(Pkcs11Library library, nuint slot, Passphrase pin, bool writable = false)
    {
        nuint handle;
        var open = (delegate* unmanaged[Cdecl]<nuint, nuint, void*, void*, nuint*, nuint>)library[Ck.OpenSession];
        Pkcs11Library.Check(open(slot, Ck.SerialSession | (writable ? Ck.WritableSession : 0), null, null, &handle), "C_OpenSession");
        var session = new Pkcs11Session(library, handle);
        try
        {
            session.Login(pin);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Handles of the objects with these attributes, 16 at most.</summary>
    public nuint[] Find(params ReadOnlySpan<(nuint Type, byte[] Value)> attributes)
    {
        using var template = new Pkcs11Template(attributes);
        Pkcs11Library.Check(((delegate* unmanaged[Cdecl]<nuint, CkAttribute*, nuint, nuint>)_library[Ck.FindObjectsInit])(_handle, template.Attributes, template.Count), "C_FindObjectsInit");
        nuint* found = stackalloc nuint[MostObjects];
        nuint count = 0;
        nuint result = ((delegate* unmanaged[Cdecl]<nuint, nuint*, nuint, nuint*, nuint>)_library[Ck.FindObjects])(_handle, found, MostObjects, &count);
        Pkcs11Library.Check(((delegate* unmanaged[Cdecl]<nuint, nuint>)_library[Ck.FindObjectsFinal])(_handle), "C_FindObjectsFinal");
        Pkcs11Library.Check(result, "C_FindObjects");
        return new ReadOnlySpan<nuint>(found, (int)nuint.Min(count, MostObjects)).ToArray();
    }

    /// <returns>Null when the object has no such attribute, or keeps it to itself.</returns>
    public byte[]? TryGet(nuint item, nuint type)
    {
        byte* value = stackalloc byte[512];
        var attribute = new CkAttribute { Type = type, Value = value, Length = 512 };
        nuint result = ((delegate* unmanaged[Cdecl]<nuint, nuint, CkAttribute*, nuint, nuint>)_library[Ck.GetAttributeValue])(_handle, item, &attribute, 1);
        return result == Ck.Ok && attribute.Length <= 512 ? new ReadOnlySpan<byte>(value, (int)attribute.Length).ToArray() : null;
    }

    public byte[] Sign(nuint key, nuint mechanism, ReadOnlySpan<byte> data)
    {
        var how = new CkMechanism { Type = mechanism };
        Pkcs11Library.Check(((delegate* unmanaged[Cdecl]<nuint, CkMechanism*, nuint, nuint>)_library[Ck.SignInit])(_handle, &how, key), "C_SignInit");
        byte* signature = stackalloc byte[256];
        nuint length = 256;
        byte nothing = 0;
        fixed (byte* given = data)
        {
            byte* first = given is null ? &nothing : given;
            Pkcs11Library.Check(((delegate* unmanaged[Cdecl]<nuint, byte*, nuint, byte*, nuint*, nuint>)_library[Ck.Sign])(_handle, first, (nuint)data.Length, signature, &length), "C_Sign");
        }

        return new ReadOnlySpan<byte>(signature, (int)length).ToArray();
    }

    public nuint Create(params ReadOnlySpan<(nuint Type, byte[] Value)> attributes)
    {
        using var template = new Pkcs11Template(attributes);
        nuint item;
        Pkcs11Library.Check(((delegate* unmanaged[Cdecl]<nuint, CkAttribute*, nuint, nuint*, nuint>)_library[Ck.CreateObject])(_handle, template.Attributes, template.Count, &item), "C_CreateObject");
        return item;
    }

    public void Destroy(nuint item)
        => Pkcs11Library.Check(((delegate* unmanaged[Cdecl]<nuint, nuint, nuint>)_library[Ck.DestroyObject])(_handle, item), "C_DestroyObject");

    public void GenerateKeyPair(nuint mechanism, Pkcs11Template publicKey, Pkcs11Template privateKey)
    {
        var how = new CkMechanism { Type = mechanism };
        nuint publicHandle, privateHandle;
        var generate = (delegate* unmanaged[Cdecl]<nuint, CkMechanism*, CkAttribute*, nuint, CkAttribute*, nuint, nuint*, nuint*, nuint>)_library[Ck.GenerateKeyPair];
        Pkcs11Library.Check(generate(_handle, &how, publicKey.Attributes, publicKey.Count, privateKey.Attributes, privateKey.Count, &publicHandle, &privateHandle), "C_GenerateKeyPair");
    }

    public void Dispose() => ((delegate* unmanaged[Cdecl]<nuint, nuint>)_library[Ck.CloseSession])(_handle);

    private void Login(Passphrase pin)
    {
        fixed (byte* bytes = pin.Utf8)
        {
            nuint result = ((delegate* unmanaged[Cdecl]<nuint, nuint, byte*, nuint, nuint>)_library[Ck.Login])(_handle, Ck.User, bytes, (nuint)pin.Utf8.Length);
            if (result != Ck.UserAlreadyLoggedIn)
            {
                Pkcs11Library.Check(result, "C_Login");
            }
        }
    }
}
