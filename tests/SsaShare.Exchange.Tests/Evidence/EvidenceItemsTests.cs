using SsaShare.Agreements;
using SsaShare.Signing;
using static SsaShare.Exchange.Tests.EvidenceVerifierTests;

namespace SsaShare.Exchange.Tests;

/// <summary>What a log says that its manifests list.</summary>
public sealed class EvidenceItemsTests
{
    private static readonly Hash256 Publication = Hash256.Of("a publication"u8);

    [Fact]
    public async Task Verify_TheItemsOfAManifest_Succeeds()
    {
        var exchange = Give(Items(2), out var manifest, out var items);
        exchange.Deliver(manifest);
        exchange.Pacific.Append(LogKinds.ItemsReceived, items.ToJson());
        var audit = await exchange.AuditAsync();
        Assert.True(audit.Succeeded, Failures(audit));
    }

    [Fact]
    public async Task Verify_ItemsThatAreNotTheManifests_Fails()
    {
        AssertFails(await Give(Items(2), out _, out _, items => items with { Slices = [Items(2)] }).AuditAsync(), "its items are not its manifest's: their root");
        AssertFails(await Give(Items(2), out _, out _, items => items with { Manifest = Publication }).AuditAsync(), "it is for a manifest that this log does not hold");
    }

    [Fact]
    public async Task Verify_ItemsTwiceOrNotAsItems_Fails()
    {
        var exchange = Give(Items(2), out _, out var items);
        exchange.Atlantic.Append(LogKinds.ItemsIssued, items.ToJson());
        AssertFails(await exchange.AuditAsync(), "the log lists the items of that manifest already");
        exchange.Atlantic.Append(LogKinds.ItemsIssued, "{}"u8.ToArray());
        AssertFails(await exchange.AuditAsync(), "it is not well-formed");
    }

    [Fact]
    public async Task Verify_ItemsByAClauseThatTheAgreementDoesNotHave_Fails()
    {
        var clause = ClauseId.TryParse("no-such-clause", out var read) ? read : default;
        AssertFails(await Give(Items(2) with { Items = [new ManifestItem(0, clause, Publication)] }, out _, out _).AuditAsync(), "the agreement has no grant 'no-such-clause'");
        AssertFails(await Give(Items(2) with { Items = [new ManifestItem(0, Sample.Prohibition, Publication)] }, out _, out _).AuditAsync(), "the agreement has no grant 'not-that-one'");
    }

    [Fact]
    public async Task Verify_ItemsOfAnotherUnderAManifestOfOwnRecords_Fails()
        => AssertFails(await Give(Items(1) with { Originator = Sample.Caribbean }, out _, out _).AuditAsync(), "and it lists such of 'caribbean'");

    [Fact]
    public async Task Verify_AuditorsThatComeAndGo_FollowsThem()
    {
        var exchange = TestExchange.Honest();
        var added = new AuditorEvent("inspector", Publication, AuditorChange.Added, "the operator");
        Append(added);
        Append(added with { Change = AuditorChange.Removed });
        Append(added with { Pin = Hash256.Of("another key"u8) });
        var audit = await exchange.AuditAsync();
        Assert.True(audit.Succeeded, Failures(audit));
        Append(added);
        AssertFails(await exchange.AuditAsync(), "'inspector' or that key is an auditor already");
        Append(added with { Change = AuditorChange.Removed });
        AssertFails(await exchange.AuditAsync(), "'inspector' is no auditor with that key");

        void Append(AuditorEvent change) => exchange.Atlantic.Append(LogKinds.Auditor, change.ToJson());
    }

    private static ItemSlice Items(int count)
        => new(Publication, Sample.Atlantic, null, [.. Enumerable.Range(0, count).Select(i => new ManifestItem(i, Sample.Grant, Hash256.Of(Guid.NewGuid().ToByteArray())))]);

    private static TestExchange Give(ItemSlice slice, out SignedDocument manifest, out ManifestItems items, Func<ManifestItems, ManifestItems>? alter = null)
    {
        var exchange = new TestExchange();
        // One record more is withheld: what is given in whole must be what was published.
        exchange.Atlantic.Publish(slice.Items.Count + 1);
        items = new ManifestItems(default, [slice with { Publication = SignedDocument.TryParse(exchange.Atlantic.Entries[^1].Event.Body.Span, out var publication) ? publication.Id : default }]);
        var root = items.Root;
        manifest = exchange.Issue(1, slice.Items.Count, withheld: 1, alter: document => document with { ItemRoot = root });
        items = items with { Manifest = manifest.Id };
        exchange.Atlantic.Append(LogKinds.ItemsIssued, (alter?.Invoke(items) ?? items).ToJson());
        return exchange;
    }
}
