using System.Security.Cryptography;

namespace SsaShare.Signing;

/// <summary>Signs with a key that stays in its token. Sessions are pooled; when the token went away, they are opened anew.</summary>
internal sealed class Pkcs11PrivateKey : IPrivateKeyOperations
{
    private const int SignatureSize = 64;
    private readonly Pkcs11Token _token;
    private readonly TokenKeyShape _shape;
    private readonly byte[] _publicKey;
    private readonly Lock _gate = new();

    // Under the gate. A session of an older generation is closed when it comes back: one that stayed open would keep the token logged in.
    private readonly Stack<(Pkcs11Session Session, nuint Key)> _idle = [];
    private int _generation;
    private bool _disposed;

    private Pkcs11PrivateKey(Pkcs11Token token, TokenKeyShape shape, byte[] publicKey) => (_token, _shape, _publicKey) = (token, shape, publicKey);

    public SignatureAlgorithm Algorithm => _shape.Algorithm;

    /// <exception cref="Pkcs11Exception">The token is away, refuses the PIN, or has not exactly one such key with its public key.</exception>
    public static Pkcs11PrivateKey Open(Pkcs11Token token)
    {
        Pkcs11Session session = token.Open();
        try
        {
            nuint key = FindPrivateKey(session, token.Uri);
            TokenKeyShape shape = TokenKeyShape.Of(session.TryGet(key, Ck.KeyType), session.TryGet(key, Ck.EcParams))
                ?? throw new Pkcs11Exception($"The key '{token.Uri}' is neither P-256 nor Ed25519.");
            var opened = new Pkcs11PrivateKey(token, shape, shape.PublicKey(FindPoint(session, key)
                ?? throw new Pkcs11Exception($"The token has no public key beside '{token.Uri}': an object with the same id.")));
            opened._idle.Push((session, key));
            return opened;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public byte[] ExportPublicKey() => _publicKey;

    public byte[] ExportPkcs8() => throw new InvalidOperationException("The key stays in its token.");

    public byte[] Sign(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        byte[] data;
        if (_shape.Algorithm == SignatureAlgorithm.Ed25519)
        {
            data = [.. first, .. second];
        }
        else
        {
            data = new byte[Hash256.Size];
            EcdsaP256.Hash(first, second, data);
        }

        try
        {
            return SignOnce(data);
        }
        catch (Pkcs11Exception e) when (e.IsOfTheConnection)
        {
            CloseIdle(); // Sessions of the same age are gone too.
            return SignOnce(data);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        CloseIdle();
    }

    /// <summary>The handle of the one private key that the URI names.</summary>
    /// <exception cref="Pkcs11Exception">None, or several.</exception>
    internal static nuint FindPrivateKey(Pkcs11Session session, Pkcs11Uri uri)
        => TryFindPrivateKey(session, uri) ?? throw new Pkcs11Exception($"The token has no private key '{uri}'. Make one with: ssa key generate --pkcs11 URI");

    internal static nuint? TryFindPrivateKey(Pkcs11Session session, Pkcs11Uri uri)
    {
        List<(nuint, byte[])> wanted = [(Ck.Class, Pkcs11Template.Number(Ck.PrivateKey))];
        if (uri.ObjectLabel is { } label)
        {
            wanted.Add((Ck.Label, label));
        }

        if (uri.ObjectId is { } id)
        {
            wanted.Add((Ck.Id, id));
        }

        nuint[] found = session.Find([.. wanted]);
        return found.Length switch
        {
            0 => null,
            1 => found[0],
            _ => throw new Pkcs11Exception($"{found.Length} private keys fit '{uri}'; name one by object= and id=."),
        };
    }

    // A private key seldom tells its point; the public key beside it has the same id (PKCS#11, section 4.9).
    private static byte[]? FindPoint(Pkcs11Session session, nuint key)
    {
        byte[]? id = session.TryGet(key, Ck.Id);
        nuint[] found = id is { Length: > 0 } ? session.Find((Ck.Class, Pkcs11Template.Number(Ck.PublicKey)), (Ck.Id, id)) : [];
        return found.Length == 1 ? session.TryGet(found[0], Ck.EcPoint) : session.TryGet(key, Ck.EcPoint) is { Length: > 0 } point ? point : null;
    }

    private byte[] SignOnce(byte[] data)
    {
        (Pkcs11Session session, nuint key, int generation) = Rent();
        try
        {
            byte[] signature = session.Sign(key, _shape.SignMechanism, data);
            if (signature.Length != SignatureSize)
            {
                throw new Pkcs11Exception($"The token made a signature of {signature.Length} bytes; expected {SignatureSize}.");
            }

            GiveBack(session, key, generation);
            return signature;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private (Pkcs11Session Session, nuint Key, int Generation) Rent()
    {
        int generation;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            generation = _generation;
            if (_idle.TryPop(out (Pkcs11Session Session, nuint Key) idle))
            {
                return (idle.Session, idle.Key, generation);
            }
        }

        Pkcs11Session session = _token.Open();
        try
        {
            return (session, FindPrivateKey(session, _token.Uri), generation);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void GiveBack(Pkcs11Session session, nuint key, int generation)
    {
        lock (_gate)
        {
            if (generation == _generation)
            {
                _idle.Push((session, key));
                return;
            }
        }

        session.Dispose();
    }

    private void CloseIdle()
    {
        (Pkcs11Session Session, nuint Key)[] idle;
        lock (_gate)
        {
            _generation++;
            idle = [.. _idle];
            _idle.Clear();
        }

        foreach ((Pkcs11Session session, _) in idle)
        {
            session.Dispose();
        }
    }
}
