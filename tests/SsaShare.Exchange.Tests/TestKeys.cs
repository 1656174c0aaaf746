using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Keys that were always a partner's and always will be.</summary>
internal sealed class TestKeys(Func<PartnerId, VerificationKey?> signing, Func<PartnerId, NoteVerifier?>? log = null) : IKeyBook
{
    public TestKeys(VerificationKey everybodys, NoteVerifier? log = null)
        : this(_ => everybodys, _ => log)
    {
    }

    public bool Knows(PartnerId partner) => signing(partner) is not null;

    public VerificationKey? SigningKey(PartnerId partner, KeyId id, Epoch at) => signing(partner) is { } key && key.Id == id ? key : null;

    public VerificationKey? UndatedKey(PartnerId partner, KeyId id) => SigningKey(partner, id, default);

    public NoteVerifier? LogKey(PartnerId partner, string origin, long size) => log?.Invoke(partner);

    public KeyEvent? EndOfLog(PartnerId partner, string origin) => null;

    public NoteVerifier? WitnessKey(PartnerId partner, Epoch at) => null;
}
