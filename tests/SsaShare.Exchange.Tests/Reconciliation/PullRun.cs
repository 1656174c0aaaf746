using SsaShare.Agreements;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange.Tests;

/// <summary>One direction of one agreement, pull by pull: what an honest pair logs, each step by itself so that a dishonest one can stand in its place.</summary>
internal sealed class PullRun(TestPartner provider, TestPartner receiver, Agreement agreement)
{
    private readonly Dictionary<FeedLane, long> _positions = [];
    private Hash256? _previous;
    private SignedDocument? _receipt;

    public TestPartner Provider => provider;
    public TestPartner Receiver => receiver;
    public Agreement Agreement => agreement;

    /// <summary>Where the receiver stands.</summary>
    public long PositionIn(FeedLane lane) => _positions.GetValueOrDefault(lane);

    /// <summary>One honest pull.</summary>
    /// <param name="isLost">The answer does not arrive: the next pull asks for the same again.</param>
    public Answer Pull(FeedLane lane, int count, Func<int, RecordForm?> decide, bool isLost = false)
    {
        BringReceipt();
        var answer = Compose(lane, count, decide);
        Issue(answer);
        if (!isLost) Take(answer);
        return answer;
    }

    /// <summary>Everything there is, in full.</summary>
    public Answer PullAll() => Pull(FeedLane.Prompt, provider.Published.Count - (int)PositionIn(FeedLane.Prompt), _ => RecordForm.Full);

    /// <summary>The receiver's next pull brings the receipt for what it got last.</summary>
    public void BringReceipt()
    {
        if (_receipt is not null) provider.Node.Append(LogKinds.ReceiptReceived, _receipt.ToJson());
        _receipt = null;
    }

    public Answer Compose(FeedLane lane, int count, Func<int, RecordForm?> decide, Func<ManifestDocument, ManifestDocument>? alter = null, Func<List<ItemSlice>, List<ItemSlice>>? tamper = null)
    {
        long after = PositionIn(lane);
        var (slices, withheld) = provider.Read(lane, after, count, decide);
        slices = tamper is null ? slices : tamper(slices);
        return Compose(lane, after, count, slices, withheld, alter);
    }

    public Answer Compose(FeedLane lane, long after, int count, List<ItemSlice> slices, int withheld, Func<ManifestDocument, ManifestDocument>? alter = null)
    {
        Hash256[] leaves = [.. slices.SelectMany(slice => slice.Items, (_, item) => item.Leaf)];
        var document = new ManifestDocument(DocumentContexts.Manifest.Text, agreement.Id, provider.Node.Partner, receiver.Node.Partner, after, after + count, _previous,
            slices.Select(slice => slice.Publication).Distinct().Count(), leaves.Length, MerkleTree.Root(leaves), true, provider.Node.Now, provider.Node.Checkpoint(), lane.Source, lane.DelayS,
            slices.SelectMany(slice => slice.Items, (slice, item) => (slice.Publication, item.Index)).Distinct().Count());
        document = alter is null ? document : alter(document);
        return new Answer(SignedDocument.Sign(provider.Node.Key, DocumentContexts.Manifest, DocumentJson.Write(document)), document, slices, withheld);
    }

    public void Issue(Answer answer)
    {
        provider.Node.Append(LogKinds.ManifestIssued, answer.Manifest.ToJson());
        if (answer.Slices.Count > 0) provider.Node.Append(LogKinds.ItemsIssued, answer.Items.ToJson());
        if (answer.Withheld > 0) provider.Node.Append(LogKinds.Withheld, answer.WithheldEvent.ToJson());
    }

    /// <returns>The receiver's receipt.</returns>
    public SignedDocument? Take(Answer answer)
    {
        (_positions[answer.Document.Lane!.Value], _previous) = (answer.Document.ToPosition, answer.Manifest.Id);
        if (answer.Slices.Count == 0) return null;
        _receipt = Sign(answer, receiver.Node);
        receiver.Node.Append(LogKinds.ManifestReceived, answer.Manifest.ToJson()).Append(LogKinds.ItemsReceived, answer.Items.ToJson()).Append(LogKinds.ReceiptIssued, _receipt.ToJson());
        receiver.Arrived.AddRange(answer.Slices);
        return _receipt;
    }

    public static SignedDocument Sign(Answer answer, TestNode receiver)
        => SignedDocument.Sign(receiver.Key, DocumentContexts.Receipt, DocumentJson.Write(new ReceiptDocument(DocumentContexts.Receipt.Text, answer.Manifest.Id, receiver.Partner, answer.Document.ItemCount, answer.Document.ItemRoot, receiver.Now)));
}

/// <summary>A provider's answer.</summary>
internal sealed record Answer(SignedDocument Manifest, ManifestDocument Document, List<ItemSlice> Slices, int Withheld)
{
    public ManifestItems Items => new(Manifest.Id, Slices);

    public WithheldEvent WithheldEvent => new(Manifest.Id, [new WithheldCount(Terms.Prohibition.Value, nameof(WithholdReason.Prohibited), Withheld)]);
}
