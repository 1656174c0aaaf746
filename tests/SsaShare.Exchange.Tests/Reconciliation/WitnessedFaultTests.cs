using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange.Tests;

/// <summary>What both sides of an exchange agree to hide, their two bundles cannot show; a witness's checkpoint does.</summary>
public sealed class WitnessedFaultTests
{
    private readonly TestHistory _history = new();

    [Fact]
    public async Task Reconcile_BothRemoveTheirNewestEntries_OnlyTheWitnessKnows()
    {
        _history.Atlantic.Publish(3);
        var (atlantic, pacific) = (_history.Atlantic.Node.LogSize, _history.Pacific.Node.LogSize);
        _history.Run.PullAll();
        _history.Run.BringReceipt();
        var held = Witness(_history.Atlantic);
        _history.Atlantic.Node.Truncate(atlantic);
        _history.Pacific.Node.Truncate(pacific);
        _history.Clock.Wait(TimeSpan.FromHours(1));
        Assert.Empty((await AuditAsync()).Findings);
        var finding = Assert.Single((await AuditAsync(held)).Findings);
        Assert.Equal((FindingKind.Truncated, new FindingPlace("atlantic", null)), (finding.Kind, finding.Where));
        Assert.Contains("cosigned by 'caribbean' at ", finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reconcile_ABundleThatSaysItWasMadeBeforeWhatItCutOff_IsFoundByWhenItWasAskedFor()
    {
        _history.Atlantic.Publish(3);
        string cut = await _history.Atlantic.Node.ExportAsync();
        _history.Run.PullAll();
        _history.Run.BringReceipt();
        _history.Clock.Wait(TimeSpan.FromHours(1));
        var asked = _history.Clock.Next();
        (string, string)[] bundles = [("atlantic", cut), ("pacific", await _history.Pacific.Node.ExportAsync())];
        Assert.Empty((await AuditAsync(bundles)).Findings);
        var audit = await AuditAsync(bundles, new EvidenceTrust([.. _history.Partners.Select(partner => partner.Node.Card)]) { AsOf = asked });
        Assert.Contains(audit.Findings, finding => finding is { Kind: FindingKind.Truncated, Where.Bundle: "pacific" });
        Assert.Contains(audit.Bundles[0].Open, open => open.StartsWith($"What happened after {asked}", StringComparison.Ordinal));

        bundles[0] = ("atlantic", await _history.Atlantic.Node.ExportAsync());
        Assert.Empty((await AuditAsync(bundles, new EvidenceTrust([]) { AsOf = asked })).Findings);
    }

    [Fact]
    public async Task Reconcile_AWitnessesCheckpointFromBeforeABundleWasAskedFor_MustBeInIt()
    {
        _history.Atlantic.Publish(3);
        string cut = await _history.Atlantic.Node.ExportAsync();
        _history.Run.PullAll();
        var held = Witness(_history.Atlantic);
        _history.Clock.Wait(TimeSpan.FromHours(1));
        Assert.Empty((await AuditAsync([("atlantic", cut)], held)).Findings);
        var trust = new EvidenceTrust([.. _history.Partners.Select(partner => partner.Node.Card)]) { Checkpoints = [held], AsOf = _history.Clock.Next() };
        Assert.Equal(FindingKind.Truncated, Assert.Single((await AuditAsync([("atlantic", cut)], trust)).Findings).Kind);
    }

    [Fact]
    public async Task Reconcile_BothRewriteTheirLogs_OnlyTheWitnessKnows()
    {
        _history.Atlantic.Publish(3);
        var secret = _history.Run.PullAll();
        _history.Run.BringReceipt();
        OutsideCheckpoint[] held = [Witness(_history.Atlantic), Witness(_history.Pacific)];
        // As if nothing had been granted; both sign anew what they signed.
        foreach (var partner in (TestPartner[])[_history.Atlantic, _history.Pacific])
            partner.Node.Rewrite(entry => Concerns(entry, secret) ? null : entry);
        for (int i = 0; i < 6; i++) foreach (var partner in _history.Partners) partner.Node.Append(LogKinds.Refusal, "{}"u8.ToArray());
        Assert.Empty((await AuditAsync()).Findings);
        var findings = (await AuditAsync(held)).Findings.ToList();
        Assert.Equal([(FindingKind.Rewritten, "atlantic"), (FindingKind.Rewritten, "pacific")], findings.Select(finding => (finding.Kind, finding.Where.Bundle)));
    }

    [Fact]
    public async Task Reconcile_HonestLogsAndTheirWitnessesCheckpoints_FindsNothing()
    {
        _history.Go(30);
        var early = Witness(_history.Atlantic);
        _history.Go(30);
        var newest = Witness(_history.Pacific);
        var audit = await AuditAsync(early, newest, Witness(_history.Caribbean));
        Assert.Empty(audit.Findings);
        Assert.Equal(3, audit.Comparison.Count);

        string pacific = await _history.Pacific.Node.ExportAsync();
        _history.Pacific.Publish(1);
        var later = await AuditAsync([("pacific", pacific)], Witness(_history.Pacific));
        Assert.Empty(later.Findings);
        Assert.Contains("newer than the bundle", Assert.Single(later.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reconcile_ACheckpointThatTheLogDidNotSign_IsForged()
    {
        using var impostor = NoteSigner.Generate("ssashare/atlantic/log");
        var finding = Assert.Single((await AuditAsync(new OutsideCheckpoint("note", Sample.Checkpoint(impostor, 2, Hash256.Of("root"u8))))).Findings);
        Assert.Equal((FindingKind.Forged, "note"), (finding.Kind, finding.Where.Bundle));
    }

    [Fact]
    public async Task Reconcile_AProofOfTwoHistoriesInALog_IsASplitView()
    {
        var (node, other) = (_history.Pacific.Node, _history.Atlantic.Node);
        node.Append(LogKinds.CheckpointConflict, Misbehaviour.Of(Sample.Checkpoint(_history.Caribbean.Node.Log, 9, Hash256.Of("one"u8)), Sample.Checkpoint(_history.Caribbean.Node.Log, 9, Hash256.Of("two"u8))).ToJson());
        long proven = node.LogSize - 1;
        other.Append(LogKinds.CheckpointConflict, Misbehaviour.Of(Sample.Checkpoint(node.Log, 9, Hash256.Of("one"u8)), Sample.Checkpoint(node.Log, 8, Hash256.Of("two"u8))).ToJson());
        var findings = (await AuditAsync()).Findings.ToList();
        Assert.Equal([(FindingKind.Forged, "atlantic", other.LogSize - 1L), (FindingKind.SplitView, "pacific", proven)], findings.Select(finding => (finding.Kind, finding.Where.Bundle, finding.Where.Entry!.Value)));
        Assert.Contains("both signed by 'caribbean'", findings[1].Explanation, StringComparison.Ordinal);

        // One bundle alone says so too: that is no fault of its own.
        var alone = (await AuditAsync([("pacific", await node.ExportAsync())])).Bundles[0];
        Assert.True(alone.Succeeded);
        Assert.Contains($"Entry {proven}: this node holds two checkpoints of 9 entries with different roots, both signed by 'caribbean'.", alone.Notes);
    }

    private static bool Concerns(LogEntry entry, Answer answer) => entry.Event.Kind switch
    {
        LogKinds.ItemsIssued or LogKinds.ItemsReceived => ManifestItems.TryParse(entry.Event.Body.Span, out var items) && items.Manifest == answer.Manifest.Id,
        LogKinds.ManifestIssued or LogKinds.ManifestReceived => SignedDocument.TryParse(entry.Event.Body.Span, out var signed) && signed.Id == answer.Manifest.Id,
        LogKinds.ReceiptIssued or LogKinds.ReceiptReceived => true,
        _ => false,
    };

    /// <summary>Caribbean cosigns the log as it is.</summary>
    private OutsideCheckpoint Witness(TestPartner partner)
    {
        var note = SignedNote.TryParse(Encoding.UTF8.GetBytes(partner.Node.Checkpoint()), out var signed, out _) ? signed : throw new InvalidOperationException("Not a note.");
        return new OutsideCheckpoint($"{partner.Node.Partner}.checkpoint", note.Cosign(_history.Caribbean.Node.Witness, Utc.ToDateTime(_history.Caribbean.Node.Now).ToUnixTimeSeconds()).ToString());
    }

    private async Task<EvidenceAudit> AuditAsync(params OutsideCheckpoint[] held)
        => await AuditAsync([("atlantic", await _history.Atlantic.Node.ExportAsync()), ("pacific", await _history.Pacific.Node.ExportAsync())], held);

    private Task<EvidenceAudit> AuditAsync((string Name, string Bundle)[] bundles, params OutsideCheckpoint[] held)
        => AuditAsync(bundles, new EvidenceTrust([.. _history.Partners.Select(partner => partner.Node.Card)]) { Checkpoints = held });

    private static Task<EvidenceAudit> AuditAsync((string Name, string Bundle)[] bundles, EvidenceTrust trust)
        => EvidenceVerifier.VerifyAsync([.. bundles.Select(one => new EvidenceSource(one.Name, new MemoryStream(Sample.Utf8(one.Bundle))))], trust, CancellationToken.None);
}
