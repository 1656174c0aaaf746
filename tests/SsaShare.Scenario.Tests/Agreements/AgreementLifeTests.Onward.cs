using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Scenario.Tests.Agreements;

/// <summary>What Atlantic lends to Pacific goes on from there only as Atlantic lets it.</summary>
public sealed partial class AgreementLifeTests
{
    private LifeAgreement _lend = null!, _passOn = null!;
    private IReadOnlyList<LifeRecord> _passed = [], _farthest = [];

    private async Task OnwardAsync()
    {
        _lend = await _life.AgreeAsync("lend", LifeYaml.Lend, Atlantic, Pacific);
        _passOn = await _life.AgreeAsync("pass on", LifeYaml.PassOn, Pacific, Caribbean, Arctic);

        _passed = await LendAsync("to caribbean by name", "50001");
        Holdings.Give(_passed, Pacific, _passOn, Caribbean);
        await LendAsync("not to be passed on", "50002");

        // Both are named, for one hop: Caribbean has no hop left for Arctic.
        var oneHop = await LendAsync("to both, one hop", "50003");
        Holdings.Give(oneHop, Pacific, _passOn, Caribbean);
        Holdings.Give(oneHop, Pacific, _passOn, Arctic);
        // Two hops: to Arctic directly and through Caribbean.
        _farthest = await LendAsync("to both, two hops", "50004");
        Holdings.Give(_farthest, Pacific, _passOn, Caribbean);
        Holdings.Give(_farthest, Pacific, _passOn, Arctic);
        Holdings.Give(_farthest, Caribbean, _passOn, Arctic);

        // Pacific, Caribbean and Arctic have agreed on it without the originator, who keeps control of these.
        await LendAsync("controlled by its originator", "50001", _label with { OriginatorControlled = true });
        // The label names who may see it: a relay cannot add anybody.
        await LendAsync("releasable to pacific alone", "50001", _label with { ReleasableTo = ["pacific"] });

        await _life.AssertHoldsAsync(Caribbean);
        await AssertSignedByOriginatorAsync(Caribbean, Pacific);
        await _life.AssertHoldsAsync(Arctic);
        await AssertSignedByOriginatorAsync(Arctic, Caribbean);
    }

    /// <summary>Publishes what Pacific gets under the lending agreement.</summary>
    private async Task<IReadOnlyList<LifeRecord>> LendAsync(string name, string tag, Label? label = null)
    {
        var records = await PublishAsync(Atlantic, name, label ?? _label, ("RADAR", tag, 2));
        Holdings.Give(records, Atlantic, _lend, Pacific);
        return records;
    }

    /// <summary>What the relay gave stands at the reader with the originator's own signature, which the reader can check by the card it has pinned.</summary>
    private async Task AssertSignedByOriginatorAsync(ScenarioNode reader, ScenarioNode relay)
    {
        await using var command = reader.Database!.CreateCommand($"SELECT originator, document, key_id, signature FROM publication WHERE provider = '{relay.Partner}' AND originator <> provider");
        await using var row = await command.ExecuteReaderAsync();
        int count = 0;
        for (; await row.ReadAsync(); count++)
        {
            Assert.Equal("atlantic", row.GetString(0));
            var document = new SignedDocument(row.GetFieldValue<byte[]>(1), new KeyId(new Hash256(row.GetFieldValue<byte[]>(2))), row.GetFieldValue<byte[]>(3));
            Assert.True(document.Verify(Atlantic.Card.Card.SigningKey, DocumentContexts.Publication));
            Assert.False(document.Verify(relay.Card.Card.SigningKey, DocumentContexts.Publication));
        }
        Assert.True(count > 0, $"{reader.Partner} has nothing from {relay.Partner} that is another's.");
    }
}
