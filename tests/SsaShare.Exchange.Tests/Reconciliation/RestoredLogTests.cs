using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange.Tests;

/// <summary>A provider's database goes back to a backup, and its operator says so under the recovery key: an audit tells that from a rewritten log, and sees what the statement does not say.</summary>
public sealed class RestoredLogTests
{
    private readonly TestHistory _history = new();
    private readonly TestNode _atlantic, _pacific;
    private readonly SignedNodeCard _card;
    private readonly int _backup;
    private readonly OutsideCheckpoint _early, _late;
    private readonly LogHead _seen;
    private readonly string _beginning, _before;

    public RestoredLogTests()
    {
        (_atlantic, _pacific) = (_history.Atlantic.Node, _history.Pacific.Node);
        _card = _atlantic.Card;
        _atlantic.Append(LogKinds.NodeCard, _card.ToJson());
        Give(3);
        _history.Clock.Wait(TimeSpan.FromMinutes(10));
        Give(1);
        _history.Clock.Wait(TimeSpan.FromMinutes(10));
        _history.Atlantic.Publish(1);
        _backup = _atlantic.LogSize;
        _early = Witness();
        _beginning = _atlantic.ExportAsync().GetAwaiter().GetResult();
        _history.Clock.Wait(TimeSpan.FromHours(1));
        Give(4);
        _history.Atlantic.Publish(1);
        _late = Witness();
        _seen = _atlantic.Head();
        _before = _atlantic.ExportAsync().GetAwaiter().GetResult();
        _history.Clock.Wait(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Reconcile_AfterAStatement_IsTheRestoreAndNothingElse()
    {
        Tell(_atlantic.Restore(_backup, _seen));
        _history.Clock.Wait(TimeSpan.FromHours(1));
        var audit = await AuditAsync(_early, _late);
        Assert.All(audit.Bundles, bundle => Assert.True(bundle.Succeeded, string.Join('\n', bundle.Steps.Where(step => !step.Succeeded))));
        Assert.Contains(audit.Bundles[0].Notes, note => note.Contains($"{_seen.Size - _backup} entries of ssashare/atlantic/log, from {_backup} to {_seen.Size}", StringComparison.Ordinal));
        Assert.True(audit.Bundles[0].Steps.Single(step => step.Name == "restores").Succeeded);
        // Between the two logs once, and once for the checkpoint that a witness cosigned of what is lost; the early one is in the log as it is.
        Assert.Equal([FindingKind.Restored, FindingKind.Restored], audit.Findings.Select(finding => finding.Kind));
        Assert.Contains("1 manifests that it gave (5 records)", audit.Findings.First().Explanation, StringComparison.Ordinal);
        Assert.Contains("checkpoints", audit.Findings.First().Explanation, StringComparison.Ordinal);

        // A bundle of before and one of after are of one node.
        var own = await VerifyAsync([("before", _before), ("after", await _atlantic.ExportAsync())]);
        Assert.Equal(FindingKind.Restored, Assert.Single(own.Findings).Kind);
        // One of before the backup was made is the beginning of it.
        Assert.Empty((await VerifyAsync([("early", _beginning), ("after", await _atlantic.ExportAsync())])).Findings);
    }

    [Fact]
    public async Task Reconcile_WithoutAStatement_IsNoRestore()
    {
        _atlantic.Truncate(_backup);
        for (int i = 0; i < 20; i++) _atlantic.Append(LogKinds.Refusal, "{}"u8.ToArray());
        _history.Clock.Wait(TimeSpan.FromHours(1));
        var findings = (await AuditAsync(_late)).Findings.ToList();
        Assert.NotEmpty(findings);
        Assert.DoesNotContain(findings, finding => finding.Kind == FindingKind.Restored);
        Assert.Contains(findings, finding => finding.Kind == FindingKind.Rewritten);
    }

    /// <summary>An operator who hides more than it says, or says less than it holds to hide what it did before.</summary>
    [Theory]
    [InlineData("less was seen", FindingKind.Truncated), InlineData("less is held", FindingKind.Rewritten), InlineData("held since earlier", FindingKind.Late), InlineData("another was seen", FindingKind.SplitView)]
    public async Task Reconcile_AStatementThatIsNotTrue_IsFound(string lie, FindingKind kind)
    {
        Tell(lie switch
        {
            "less was seen" => _atlantic.Restore(_backup, new LogHead(_backup + 1, _atlantic.Head(_backup + 1).Root)),
            "less is held" => _atlantic.Restore(_backup, _seen, heldSize: 3),
            "held since earlier" => _atlantic.Restore(_backup, _seen, heldAt: DateTimeOffset.UnixEpoch),
            _ => _atlantic.Restore(_backup, _seen with { Root = Hash256.Of("another"u8) }),
        });
        _history.Clock.Wait(TimeSpan.FromHours(1));
        var findings = lie == "less is held" ? (await VerifyAsync([("atlantic", await CosignedAsync())])).Findings : (await AuditAsync(_early, _late)).Findings;
        Assert.Contains(findings, finding => finding.Kind == kind);
    }

    /// <summary>What its own manifests carry, what another holds and what a witness cosigned each show it; the last entries may have been signed for by nobody when the backup was made.</summary>
    [Fact]
    public async Task Reconcile_AStatementThatSaysLessIsHeld_IsFoundByEachCheckpointThatIsInTheLog()
    {
        Tell(_atlantic.Restore(_backup, _seen, heldSize: 3));
        _history.Clock.Wait(TimeSpan.FromHours(1));
        Assert.Contains((await VerifyAsync([("atlantic", await _atlantic.ExportAsync())])).Findings, finding => finding.Kind == FindingKind.Rewritten && finding.Explanation.Contains("says that the log is the old one up to 3,", StringComparison.Ordinal));
        var findings = (await AuditAsync(_early)).Findings;
        Assert.Contains(findings, finding => finding.Kind == FindingKind.Rewritten && finding.Explanation.Contains("of 'pacific': its checkpoint", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Kind == FindingKind.Rewritten && finding.Explanation.StartsWith(_early.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reconcile_ACheckpointSignedJustAfterTheBackup_IsNoLie()
    {
        Tell(_atlantic.Restore(_backup, _seen, heldSize: _backup - 1));
        _history.Clock.Wait(TimeSpan.FromHours(1));
        Assert.DoesNotContain((await AuditAsync(_early, _late)).Findings, finding => finding.Kind != FindingKind.Restored);
    }

    [Fact]
    public async Task Reconcile_WhatIsRewrittenBeforeTheCut_IsFoundAllTheSame()
    {
        int edited = _backup - 2;
        int at = 0;
        _atlantic.Rewrite(entry => at++ == edited ? entry with { Salt = EntryCommitment.NewSalt() } : entry);
        Tell(_atlantic.Restore(_backup, _seen));
        _history.Clock.Wait(TimeSpan.FromHours(1));
        Assert.Contains((await AuditAsync(_early, _late)).Findings, finding => finding.Kind == FindingKind.Rewritten);
    }

    [Fact]
    public async Task Verify_AManifestUnderTheOldName_AfterTheRestore_IsFound()
    {
        var old = NoteSigner.ImportPkcs8(_atlantic.Log.Name, _atlantic.Log.ExportPkcs8());
        _atlantic.Restore(_backup, _seen);
        _history.Clock.Wait(TimeSpan.FromHours(1));
        var head = _atlantic.Head();
        var manifest = new ManifestDocument(DocumentContexts.Manifest.Text, _history.Run.Agreement.Id, _atlantic.Partner, _pacific.Partner, 0, 0, null, 0, 0, MerkleTree.Root([]), true, _atlantic.Now,
            Sample.Checkpoint(old, (int)head.Size, head.Root));
        _atlantic.Append(LogKinds.ManifestIssued, SignedDocument.Sign(_atlantic.Key, DocumentContexts.Manifest, DocumentJson.Write(manifest)).ToJson());
        var audit = await VerifyAsync([("atlantic", await _atlantic.ExportAsync())]);
        Assert.Contains(audit.Findings, finding => finding.Kind == FindingKind.Rewritten && finding.Explanation.Contains("a log that is no more", StringComparison.Ordinal));
    }

    private void Give(int records)
    {
        _history.Atlantic.Publish(records);
        _history.Run.PullAll();
        _history.Run.BringReceipt();
    }

    private void Tell(KeyEvent restore) => _pacific.Append(LogKinds.PeerKeyEvent, restore.ToJson());

    private OutsideCheckpoint Witness()
    {
        var note = SignedNote.TryParse(Encoding.UTF8.GetBytes(_atlantic.Checkpoint()), out var signed, out _) ? signed : throw new InvalidOperationException("Not a note.");
        var witness = _history.Caribbean.Node;
        return new OutsideCheckpoint($"{note.Text.Split('\n')[1]}.checkpoint", note.Cosign(witness.Witness, Utc.ToDateTime(witness.Now).ToUnixTimeSeconds()).ToString());
    }

    /// <summary>Atlantic's bundle with the early checkpoint where it belongs.</summary>
    private async Task<string> CosignedAsync()
    {
        var text = new StringBuilder();
        var head = new EvidenceHead(_atlantic.Card.ToJson(), _atlantic.Checkpoint(), EvidenceScope.Whole, _atlantic.Now);
        var parts = new EvidenceComposer(_atlantic.LogSize, _atlantic.GetNodesAsync).ComposeAsync(_atlantic.Entries.ToAsyncEnumerable(), [(_backup, new EvidencePart.SignedCheckpoint(_early.Note))], [], CancellationToken.None);
        await foreach (byte[] line in EvidenceBundle.WriteAsync(head, parts, CancellationToken.None)) text.Append(Encoding.UTF8.GetString(line));
        return text.ToString();
    }

    private async Task<EvidenceAudit> AuditAsync(params OutsideCheckpoint[] held)
        => await VerifyAsync([("atlantic", await _atlantic.ExportAsync()), ("pacific", await _pacific.ExportAsync())], held);

    /// <summary>By the cards of before: what an auditor has.</summary>
    private Task<EvidenceAudit> VerifyAsync((string Name, string Bundle)[] bundles, params OutsideCheckpoint[] held)
        => EvidenceVerifier.VerifyAsync([.. bundles.Select(one => new EvidenceSource(one.Name, new MemoryStream(Encoding.UTF8.GetBytes(one.Bundle))))],
            new EvidenceTrust([_card, _pacific.Card, _history.Caribbean.Node.Card]) { Checkpoints = held }, TestContext.Current.CancellationToken);
}
