using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange.Tests;

/// <summary>What two histories weigh against their log's owner before and after the key that signed them is revoked.</summary>
public sealed class RevokedLogKeysTests
{
    private readonly TestNode _owner = new("pacific"), _witness = new("harbour");

    [Fact]
    public void Counts_ForgedByAThief_NotOnceTheKeyIsRevoked()
    {
        var forged = Misbehaviour.Of(Note(4, "one"), Note(4, "other"));
        Assert.True(forged.Verify((_, _) => _owner.Log.Verifier, out _, out _));
        Assert.True(RevokedLogKeys.Counts(forged, _owner.Partner, Keys()));
        Assert.True(RevokedLogKeys.Counts(forged, _owner.Partner, Keys(_owner.ChangeKeys(logSize: 5))));
        Assert.False(RevokedLogKeys.Counts(forged, _owner.Partner, Keys(_owner.ChangeKeys(logSize: 5, since: 1_000_000))));
        // Larger than all that the owner signed: of no key any more.
        Assert.False(RevokedLogKeys.Counts(forged, _owner.Partner, Keys(_owner.ChangeKeys(logSize: 3, since: 1_000_000))));
        Assert.True(RevokedLogKeys.Counts(forged, _witness.Partner, Keys(_owner.ChangeKeys(logSize: 5, since: 1_000_000))));
    }

    [Theory]
    [InlineData(99_999_999, 99_999_998, true)]
    [InlineData(99_999_999, 100_000_000, false)]
    [InlineData(100_000_000, 100_000_001, false)]
    public void Counts_CosignedBeforeTheTheft_BothMustBe(long one, long other, bool counts)
    {
        var forked = Misbehaviour.Of(Note(4, "one", one), Note(4, "other", other));
        Assert.Equal(counts, RevokedLogKeys.Counts(forked, _owner.Partner, Keys(_owner.ChangeKeys(logSize: 5, since: 100_000_000))));
    }

    private KeyBook Keys(KeyEvent? change = null) => new([change is null ? KeyHistory.Of(_owner.Card) : KeyHistory.Of(_owner.Card).With(change).After, KeyHistory.Of(_witness.Card)]);

    private string Note(long size, string history, long? cosignedS = null)
    {
        var note = new Checkpoint(_owner.Log.Name, size, Hash256.Of(Sample.Utf8(history))).Sign(_owner.Log);
        return (cosignedS is { } at ? note.Cosign(_witness.Witness, at) : note).ToString();
    }
}
