using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

/// <summary>A key book of one log and of witnesses; nobody signs documents.</summary>
internal sealed class NoteKeys(NoteVerifier log, Func<PartnerId, NoteVerifier?> witness) : IKeyBook
{
    public bool Knows(PartnerId partner) => true;
    public VerificationKey? SigningKey(PartnerId partner, KeyId id, Epoch at) => null;
    public VerificationKey? UndatedKey(PartnerId partner, KeyId id) => null;
    public NoteVerifier? LogKey(PartnerId partner, string origin, long size) => log;

    public KeyEvent? EndOfLog(PartnerId partner, string origin) => null;
    public NoteVerifier? WitnessKey(PartnerId partner, Epoch at) => witness(partner);
}
