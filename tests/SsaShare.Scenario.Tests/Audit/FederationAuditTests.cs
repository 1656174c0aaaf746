using System.Diagnostics;
using System.Text.Json;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Scenario.Tests.Audit;

/// <summary>What auditors find in the logs of four real nodes: nothing where all are honest, and each planted fault where one is not.</summary>
public sealed class FederationAuditTests(AuditFederation federation) : IClassFixture<AuditFederation>
{
    [Fact]
    public async Task HonestBundles_AllFour_HoldAndAgree()
    {
        AuditFederation.Succeeds(await SsaProcess.RunAsync(["audit", "verify", .. federation.Nodes.Select(federation.Bundle), "--card", .. federation.Cards]));
        var report = await ReconcileAsync(federation.Nodes.Select(federation.Bundle), exitCode: 0);
        Assert.True(report.GetProperty("agree").GetBoolean());
        Assert.Empty(report.GetProperty("findings").EnumerateArray());
        // Each direction in which something was given, with everything that was given on both sides. The prohibition keeps sensors back too: what has no tag could have that one.
        var given = report.GetProperty("directions").EnumerateArray().ToDictionary(one => $"{one.GetProperty("provider")} to {one.GetProperty("receiver")}",
            one => (Given: one.GetProperty("records_given").GetInt32(), Received: one.GetProperty("records_received").GetInt32(), Agreed: one.GetProperty("records_agreed").GetInt32()));
        Assert.Equal((87, 87, 87), given["atlantic to pacific"]);
        Assert.Equal((25, 25, 25), given["pacific to atlantic"]);
        Assert.Equal((102, 102, 102), given["pacific to caribbean"]);
        Assert.Equal((31, 31, 31), given["caribbean to arctic"]);
    }

    [Theory, InlineData("agreement"), InlineData("peer"), InlineData("record"), InlineData("period")]
    public async Task HonestParts_OfOneLog_Hold(string scope)
    {
        var verified = await SsaProcess.RunAsync(["audit", "verify", Path.Combine(federation.Root, $"{scope}.part"), "--card", .. federation.Cards]);
        AuditFederation.Succeeds(verified);
    }

    [Fact]
    public async Task Verify_WithNothingButTheProgram_Holds()
    {
        string empty = Directory.CreateDirectory(Path.Combine(federation.Root, "elsewhere")).FullName;
        foreach (string file in federation.Cards.Select((card, i) => (card, name: $"card-{i}.json")).Select(one => Copy(one.card, Path.Combine(empty, one.name))).Append(Copy(federation.Bundle(federation.Atlantic), Path.Combine(empty, "atlantic.evidence"))))
            Assert.True(File.Exists(file));
        // No environment, no home, no PostgreSQL in the path, and a network name space of its own, in which there is not even a loopback that is up.
        string dotnet = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        var start = new ProcessStartInfo("unshare", ["--map-root-user", "--net", dotnet, Path.Combine(AppContext.BaseDirectory, "ssa.dll"), "audit", "verify", "atlantic.evidence", "--card", "card-0.json", "card-1.json", "card-2.json", "card-3.json"])
            { WorkingDirectory = empty, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        using var process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(errors.Contains("unshare failed", StringComparison.Ordinal), "skipped: name spaces are not to be had here");
        Assert.True(process.ExitCode == 0, output + errors);
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "dropped record", "missing" },
        { "replay", "extra" },
        { "altered record", "different" },
        { "forged receipt", "forged" },
        { "truncated tail", "truncated" },
        { "rewritten history", "rewritten" },
        { "split view", "split-view" },
        { "clock manipulation", "late" },
        { "swapped agreement", "out-of-agreement" },
        { "stripped label", "different" },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task PlantedFault_InARealLog_IsFoundAsWhatItIs(string fault, string kind)
    {
        var (atlantic, pacific) = (federation.Atlantic, federation.Pacific);
        // Who is dishonest has its own keys and can sign everything anew; the other's bundle is as it was exported.
        var liar = fault is "forged receipt" or "truncated tail" or "rewritten history" or "split view" or "clock manipulation" or "stripped label" ? atlantic : pacific;
        var bundle = await EditedBundle.ReadAsync(federation.Bundle(liar));
        Plant(fault, bundle, liar);
        string edited = Path.Combine(federation.Root, $"{fault.Replace(' ', '-')}.evidence");
        await bundle.WriteAsync(edited, liar.Identity);

        string[] shown = fault == "split view" ? [edited, federation.Bundle(liar)] : [edited, federation.Bundle(liar == atlantic ? pacific : atlantic)];
        // When a bundle was made is its node's own word, and one that was cut off says that it was made before; the auditor knows when it asked for it.
        string[] asOf = fault == "truncated tail" ? ["--as-of", Utc.Format(bundle.Entries[^1].Time.Plus(TimeSpan.FromHours(1)))] : [];
        var report = await ReconcileAsync(shown, exitCode: 6, asOf);
        var findings = report.GetProperty("findings").EnumerateArray().Select(finding => (Kind: finding.GetProperty("kind").GetString(), Text: finding.ToString())).ToList();
        Assert.True(findings.Any(finding => finding.Kind == kind), $"{fault}: expected '{kind}', found:\n{string.Join('\n', findings.Select(finding => finding.Text))}");
    }

    private static void Plant(string fault, EditedBundle bundle, ScenarioNode liar)
    {
        switch (fault)
        {
            case "dropped record":
                var dropped = bundle.FindManifest(LogKinds.ManifestReceived);
                bundle.Entries.RemoveAll(entry => EditedBundle.IsAbout(entry, dropped));
                break;
            case "replay":
                bundle.Entries.Add(bundle.Entries[bundle.Find(LogKinds.ManifestReceived)] with { Time = bundle.Entries[^1].Time });
                break;
            case "altered record" or "stripped label":
                int at = bundle.Find(fault == "altered record" ? LogKinds.ItemsReceived : LogKinds.ItemsIssued);
                var items = EditedBundle.Items(bundle.Entries[at]);
                var first = items.Slices[0] with { Items = [items.Slices[0].Items[0] with { Leaf = Hash256.Of("the same record with another label, or another one"u8) }, .. items.Slices[0].Items.Skip(1)] };
                bundle.Replace(at, (items with { Slices = [first, .. items.Slices.Skip(1)] }).ToJson());
                break;
            case "forged receipt":
                int receiptAt = bundle.Find(LogKinds.ReceiptReceived);
                Assert.True(SignedDocument.TryParse(bundle.Entries[receiptAt].Event.Body.Span, out var receipt));
                bundle.Replace(receiptAt, SignedDocument.Sign(liar.Identity.SigningKey, DocumentContexts.Receipt, receipt.Payload.ToArray()).ToJson());
                break;
            case "truncated tail":
                // Up to a manifest, so that what is left is a whole log; pacific holds checkpoints of what is gone.
                int end = bundle.Entries.FindIndex(bundle.Find(LogKinds.ItemsIssued), entry => entry.Event.Kind == LogKinds.ManifestIssued);
                bundle.Entries.RemoveRange(end, bundle.Entries.Count - end);
                break;
            case "rewritten history" or "split view":
                // An entry from before everything is another: the checkpoints that manifests carry are of another log now.
                int pinned = bundle.Find(LogKinds.PeerPinned);
                bundle.Entries[pinned] = bundle.Entries[pinned] with { Time = bundle.Entries[pinned].Time.PlusSeconds(0.001) };
                break;
            case "clock manipulation":
                for (int i = 0; i < bundle.Entries.Count; i++) bundle.Entries[i] = bundle.Entries[i] with { Time = bundle.Entries[i].Time.Plus(TimeSpan.FromHours(-2)) };
                break;
            case "swapped agreement":
                bundle.Entries.RemoveAll(entry => entry.Event.Kind == LogKinds.Agreement);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault.");
        }
    }

    private async Task<JsonElement> ReconcileAsync(IEnumerable<string> bundles, int exitCode, params string[] more)
    {
        var end = await SsaProcess.RunAsync(["audit", "reconcile", .. bundles, "--json", .. more, "--card", .. federation.Cards]);
        Assert.True(end.ExitCode == exitCode, end.ToString());
        return JsonDocument.Parse(end.Output).RootElement.Clone();
    }

    private static string Copy(string from, string to)
    {
        File.Copy(from, to);
        return to;
    }
}
