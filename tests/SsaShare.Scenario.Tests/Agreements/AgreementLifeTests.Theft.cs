using System.Text;
using Google.Protobuf;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Scenario.Tests.Trust;
using SsaShare.Signing;

namespace SsaShare.Scenario.Tests.Agreements;

/// <summary>Caribbean claims what Pacific measures.</summary>
public sealed partial class AgreementLifeTests
{
    private const string WrongSignature = "signature is not that of originator";
    private IReadOnlyList<LifeRecord> _measured = [];

    /// <summary>Caribbean publishes Pacific's figures, byte for byte, before Pacific does: these are two records, and each has the originator that signed it.</summary>
    private async Task StealAsync()
    {
        var claims = await _life.AgreeAsync("claims", LifeYaml.Claims("Caribbean's own", "caribbean"), Caribbean, Atlantic);
        await Caribbean.PublishSensorsAsync("RADAR");
        var sensor = await Holdings.TakeAsync(Caribbean, "sensor of caribbean");
        foreach (var reader in new[] { Atlantic, Pacific, Arctic }) Holdings.Give(sensor, Caribbean, _accord, reader);
        var file = TdmFile.Random(3, _life.Random);
        var claimed = await Holdings.PublishAsync(Caribbean, "claimed by caribbean", file);
        Holdings.Give(claimed, Caribbean, claims, Atlantic);
        await _life.AssertHoldsAsync(Atlantic);

        _measured = await Holdings.PublishAsync(Pacific, "measured by pacific", file);
        Holdings.Give(_measured, Pacific, _accord, Atlantic);
        await _life.AssertHoldsAsync(Atlantic);
        Assert.Equal(Payloads(claimed), Payloads(_measured));
        foreach (var (records, originator) in new[] { (claimed, Caribbean), (_measured, Pacific) })
            foreach (var record in records) Assert.Equal([originator.Partner.Value], await SignersAtAsync(Atlantic, record));
    }

    /// <summary>In the place of Caribbean's node, which would not do it: hands on Pacific's records under signatures of its own making.</summary>
    private async Task ForgeAsync()
    {
        await Caribbean.Process.DisposeAsync();
        var forged = new List<LifeAgreement>();
        using (var caribbean = ActingPartner.Of(Caribbean))
        await using (var server = await HostileProvider.StartAsync(caribbean, caribbean.Identity.TlsCertificate))
        {
            var genuine = await GenuineAsync();
            (string Name, PartnerId Originator, Func<Publication, Publication> Make)[] forgeries =
            [
                // Pacific's statement under Caribbean's key.
                ("signed by the relay", Pacific.Partner, publication => publication),
                // Pacific's signature under Caribbean's statement.
                ("under the relay's name", Caribbean.Partner, publication => publication with
                {
                    Document = new SignedDocument(publication.Document.Payload, Pacific.Card.Card.SigningKey.Id, genuine.Signature),
                }),
            ];
            foreach (var (name, originator, make) in forgeries)
            {
                string yaml = LifeYaml.Claims(name, "caribbean, pacific");
                var id = caribbean.Sign(yaml, caribbean.Card, Atlantic.Card).Id;
                var wire = ByteString.CopyFrom(id.Value.ToArray());
                var records = _measured.Select(record => SealedRecord.Seal(record.Record.Payload, record.Record.Label, record.Record.Facts with { Originator = originator })).ToList();
                var answer = new HostileAnswer(caribbean, Atlantic.Partner, id) { Originator = originator, Records = records, Publication = make }.Make();
                server.Answer(wire, _ => answer);
                Assert.Equal(id, await caribbean.AgreeAsync(Atlantic, yaml));
                forged.Add(_life.Take(name, wire, Caribbean, Atlantic));
                var refused = await Eventually.IsAsync(() => RefusalsAsync(Atlantic, forged[^1]), found => found.Count > 0, $"refusal of records {name}");
                Assert.Contains($"{WrongSignature} '{originator}'", refused[0], StringComparison.Ordinal);
            }
        }
        await Caribbean.StartAsync();
        // Atlantic has delivered these to whoever was in Caribbean's place, so its node gets them only now.
        using var atlantic = ActingPartner.Of(Atlantic);
        foreach (var agreement in forged) await atlantic.DeliverAsync(Caribbean, await Atlantic.ScalarAsync<byte[]>($"SELECT envelope FROM agreement WHERE id = '\\x{agreement.Hex}'"));
        foreach (var agreement in forged) await Life.StateIsAsync(Caribbean, agreement, Protocol.Agreement.V1.AgreementState.Active);
        // Caribbean's own claims go out under these as well, where they are granted; Pacific's records it does not have.
        var own = Holdings.Records.Where(record => record.Originator == Caribbean.Partner && record.Record.Facts.Class == RecordClass.Observation).ToList();
        foreach (var agreement in forged) Holdings.Give(own, Caribbean, agreement, Atlantic);
    }

    /// <summary>The publication that Pacific signed for the first of its measurements.</summary>
    private async Task<SignedDocument> GenuineAsync()
    {
        await using var command = Pacific.Database!.CreateCommand($"SELECT document, key_id, signature FROM publication WHERE id = '\\x{_measured[0].Publication}'");
        await using var row = await command.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync());
        return new SignedDocument(row.GetFieldValue<byte[]>(0), new KeyId(new Hash256(row.GetFieldValue<byte[]>(1))), row.GetFieldValue<byte[]>(2));
    }

    /// <summary>Originators whose valid signature the node has for the record.</summary>
    private async Task<List<string>> SignersAtAsync(ScenarioNode node, LifeRecord record)
    {
        var signers = new List<string>();
        await using var command = node.Database!.CreateCommand($"SELECT p.originator, p.document, p.key_id, p.signature FROM record r JOIN publication p ON p.key = r.publication WHERE r.id = '\\x{record.Record.Id}'");
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            var document = new SignedDocument(row.GetFieldValue<byte[]>(1), new KeyId(new Hash256(row.GetFieldValue<byte[]>(2))), row.GetFieldValue<byte[]>(3));
            var key = _life.Federation.Nodes.Single(one => one.Partner.Value == row.GetString(0)).Card.Card.SigningKey;
            Assert.True(document.Verify(key, DocumentContexts.Publication), $"{record} at {node.Partner}: the signature is not that of '{row.GetString(0)}'.");
            signers.Add(row.GetString(0));
        }
        return signers;
    }

    private static async Task<List<string>> RefusalsAsync(ScenarioNode node, LifeAgreement agreement)
        => [.. (await node.ColumnAsync<byte[]>("SELECT body FROM log_entry WHERE kind = 'refusal' ORDER BY index")).Select(Encoding.UTF8.GetString).Where(body => body.Contains(agreement.Hex, StringComparison.Ordinal))];

    private static List<string> Payloads(IReadOnlyList<LifeRecord> records) => [.. records.Select(record => Convert.ToHexString(record.Record.Payload.Span))];
}
