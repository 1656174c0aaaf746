using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol.Audit.V1;
using SsaShare.Signing;
using LoggedDecision = SsaShare.Protocol.Audit.V1.LoggedDecision;

namespace SsaShare.Node.Tests;

public sealed class LogDeskTests
{
    private static readonly PartnerId Pacific = PartnerId.Parse("pacific");
    private readonly MemoryNodeLog _log = new();
    private readonly MemoryLogSearch _search;
    private readonly LogDesk _desk;

    public LogDeskTests()
    {
        _search = new MemoryLogSearch(_log);
        _desk = new LogDesk(_log, _search, new MemoryFinder());
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_PageAfterPage_GivesEachEntryOnceAndNothingAppendedMeanwhile()
    {
        await RefuseAsync(25);
        var request = new SearchLogRequest { PageSize = 10, PeerId = "pacific" };
        var indices = new List<long>();
        for (int page = 0; page < 3; page++)
        {
            var answer = await _desk.SearchAsync(request, Token);
            Assert.Equal(25, answer.TreeSize);
            indices.AddRange(answer.Entries.Select(entry => entry.Index));
            Assert.Equal(page == 2, answer.NextPageToken.IsEmpty);
            request.PageToken = answer.NextPageToken;
            await RefuseAsync(5);
        }
        Assert.Equal(Enumerable.Range(0, 25).Select(index => (long)index), indices);
    }

    [Fact]
    public async Task Search_ThatEndsWithAFullPage_HasNoFurther()
    {
        await RefuseAsync(10);
        Assert.Empty((await _desk.SearchAsync(new() { PageSize = 10 }, Token)).NextPageToken);
        Assert.NotEmpty((await _desk.SearchAsync(new() { PageSize = 9 }, Token)).NextPageToken);
    }

    [Fact]
    public async Task Search_OfAPageAskedForTwice_GivesTheSame()
    {
        await RefuseAsync(12);
        var first = await _desk.SearchAsync(new() { PageSize = 5 }, Token);
        var request = new SearchLogRequest { PageSize = 5, PageToken = first.NextPageToken };
        var second = await _desk.SearchAsync(request, Token);
        await RefuseAsync(50);
        Assert.Equal(second, await _desk.SearchAsync(request, Token));
    }

    [Fact]
    public async Task Search_WithBodies_EndsAPageBeforeItGrowsTooLong()
    {
        for (int i = 0; i < 5; i++) await AppendAsync(new byte[3 * 1024 * 1024]);
        Assert.Equal(5, (await _desk.SearchAsync(new(), Token)).Entries.Count);
        var page = await _desk.SearchAsync(new() { WithBodies = true }, Token);
        Assert.Equal(2, page.Entries.Count);
        Assert.All(page.Entries, entry => Assert.Equal(3 * 1024 * 1024, entry.Body.Length));
        Assert.Equal(2, (await _desk.SearchAsync(new() { WithBodies = true, PageToken = page.NextPageToken }, Token)).Entries[0].Index);
    }

    [Fact]
    public async Task Search_Answers_WithWhatTheEntrySays()
    {
        await RefuseAsync(1);
        var entry = Assert.Single((await _desk.SearchAsync(new(), Token)).Entries);
        Assert.Equal((0L, LogKinds.Refusal, "pacific", "pull: not in force", true), (entry.Index, entry.Kind, entry.PeerId, entry.Summary, entry.Body.IsEmpty));
        Assert.Equal(Timestamp.FromDateTimeOffset(Utc.ToDateTime(Epoch.J2000)), entry.Time);
    }

    [Fact]
    public async Task Search_AsksForWhatTheRequestSays()
    {
        var publication = Hash256.Of("a publication"u8);
        var agreement = Hash256.Of("an agreement"u8);
        var request = new SearchLogRequest
        {
            Record = $"{publication}/7", ObjectTag = "5398", PeerId = "pacific", AgreementId = ByteString.CopyFrom(agreement.ToArray()), Clause = "no-geos", Decision = LoggedDecision.Degraded,
            From = new Timestamp { Seconds = 1_700_000_000 }, Until = new Timestamp { Seconds = 1_800_000_000 },
        };
        request.Kinds.Add(LogKinds.ItemsIssued);
        await _desk.SearchAsync(request, Token);
        var query = _search.Query!;
        Assert.Equal([new RecordPlace(publication, 7)], query.Places!);
        Assert.Equal(("5398", Pacific, agreement, "no-geos", Exchange.LoggedDecision.Degraded), (query.ObjectTag, query.Peer!.Value, query.Agreement!.Value.Value, query.Clause.ToString(), query.Decision));
        Assert.Equal([LogKinds.ItemsIssued], query.Kinds!);
        Assert.Equal((1_700_000_000L, 1_800_000_000L), (Utc.ToDateTime(query.From!.Value).ToUnixTimeSeconds(), Utc.ToDateTime(query.Until!.Value).ToUnixTimeSeconds()));
    }

    public static TheoryData<StatusCode, string, SearchLogRequest> Wrong { get; } = new()
    {
        { StatusCode.InvalidArgument, "page_size", new() { PageSize = 1_001 } },
        { StatusCode.InvalidArgument, "page_size", new() { PageSize = -1 } },
        { StatusCode.InvalidArgument, "page_token", new() { PageToken = ByteString.CopyFromUtf8("x") } },
        { StatusCode.InvalidArgument, "page_token", Of([1, 0, 0, 0, 0, 0, 0, 0, 99, 0, 0, 0, 0, 0, 0, 0, 1]) },
        { StatusCode.InvalidArgument, "page_token", Of([1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2]) },
        { StatusCode.InvalidArgument, "page_token", Of([1, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0]) },
        { StatusCode.InvalidArgument, "page_token", Of([2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]) },
        { StatusCode.InvalidArgument, "record", new() { Record = "0123" } },
        { StatusCode.NotFound, "There is no record 0123456789", new() { Record = "0123456789" } },
        { StatusCode.InvalidArgument, "peer_id", new() { PeerId = "Pacific!" } },
        { StatusCode.InvalidArgument, "agreement_id", new() { AgreementId = ByteString.CopyFromUtf8("short") } },
        { StatusCode.InvalidArgument, "clause", new() { Clause = "No Such" } },
        { StatusCode.InvalidArgument, "decision", new() { Decision = (LoggedDecision)9 } },
        { StatusCode.InvalidArgument, "kinds", new() { Kinds = { "refusals" } } },
        { StatusCode.InvalidArgument, "from", new() { From = new Timestamp { Seconds = -1_000_000_000 } } },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task Search_OfWhatCannotBe_IsRefused(StatusCode status, string reason, SearchLogRequest request)
    {
        await RefuseAsync(1);
        var refusal = await Assert.ThrowsAsync<RpcException>(() => _desk.SearchAsync(request, Token));
        Assert.Equal(status, refusal.StatusCode);
        Assert.Contains(reason, refusal.Status.Detail, StringComparison.Ordinal);
    }

    private static SearchLogRequest Of(byte[] token) => new() { PageToken = ByteString.CopyFrom(token) };

    private async Task RefuseAsync(int count)
    {
        for (int i = 0; i < count; i++) await AppendAsync("{\"what\":\"pull\",\"reason\":\"not in force\"}"u8.ToArray());
    }

    private Task<long> AppendAsync(byte[] body) => _log.AppendAsync([new LogEvent(LogKinds.Refusal, body) { Peer = Pacific }], Token);
}
