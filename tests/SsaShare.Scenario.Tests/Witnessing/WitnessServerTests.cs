using System.Collections.Concurrent;
using System.Net;
using System.Text;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Storage.Tests;
using SsaShare.Transparency;

namespace SsaShare.Scenario.Tests.Witnessing;

/// <summary>A node as a witness, spoken to over HTTPS by a log whose operator does what it likes.</summary>
public sealed class WitnessServerTests(TestCluster cluster)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddCheckpoint_OverHttps_AnswersAsTheSpecificationSays()
    {
        await using var federation = new ScenarioFederation(cluster);
        var node = await federation.AddAsync("atlantic");
        await federation.StartAsync();
        using var rogue = ActingPartner.Create(federation.Root, "pacific");
        using var stranger = ActingPartner.Create(federation.Root, "stranger");
        await node.PinAsync(rogue.Card);
        using var http = PinnedChannel.OpenHttp(node.Card.Card, stranger.Identity.TlsCertificate);
        var log = new RogueLog(rogue.Identity.LogSigner, "entry");
        var fork = new RogueLog(rogue.Identity.LogSigner, "another entry");
        // What was cosigned says whom the node knows: that is for those that it knows.
        using (var closed = await http.GetAsync(new Uri($"witness/{WitnessClient.HashOf(rogue.Identity.LogSigner.Name)}/checkpoint", UriKind.Relative), Token)) Assert.Equal(HttpStatusCode.Forbidden, closed.StatusCode);
        using var reader = PinnedChannel.OpenHttp(node.Card.Card, rogue.Identity.TlsCertificate);
        Assert.Null(await log.ReadAsync(reader, Token));

        // A caller that nobody knows may bring a checkpoint: the log's signature is what counts.
        var first = await RogueLog.PostAsync(http, log.Request(0, 5).ToBytes(), Token);
        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(log.Note(5) + first.Body), out var cosigned, out string? fault), fault);
        Assert.True(Cosignature.TryFind(cosigned, [node.Card.Card.WitnessKey], out var cosignatures, out fault), fault);
        Assert.InRange(Assert.Single(cosignatures).UnixTimeS, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 60, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 1);
        Assert.Equal(5, (await log.ReadAsync(reader, Token))!.Size);
        Assert.Equal(HttpStatusCode.OK, (await RogueLog.PostAsync(http, log.Request(5, 5).ToBytes(), Token)).Status);

        (HttpStatusCode Status, byte[] Body)[] refused =
        [
            (HttpStatusCode.BadRequest, "anything"u8.ToArray()),
            (HttpStatusCode.BadRequest, new AddCheckpointRequest(5, [], log.Note(4)).ToBytes()),
            (HttpStatusCode.Forbidden, new AddCheckpointRequest(5, [], SignedNote.Sign(log.Note(9).Text, stranger.Identity.LogSigner)).ToBytes()),
            (HttpStatusCode.NotFound, new RogueLog(stranger.Identity.LogSigner, "entry").Request(0, 5).ToBytes()),
            (HttpStatusCode.Conflict, log.Request(3, 9).ToBytes()),
            (HttpStatusCode.UnprocessableEntity, fork.Request(5, 9).ToBytes()),
            (HttpStatusCode.UnprocessableEntity, (log.Request(5, 10) with { Proof = [] }).ToBytes()),
            (HttpStatusCode.RequestEntityTooLarge, new byte[AddCheckpointRequest.BytesMax + 1]),
        ];
        foreach (var (status, body) in refused) Assert.Equal(status, (await RogueLog.PostAsync(http, body, Token)).Status);
        Assert.Equal(5, (await log.ReadAsync(reader, Token))!.Size);

        var other = await RogueLog.PostAsync(http, log.Request(0, 9).ToBytes(), Token);
        Assert.Equal((HttpStatusCode.Conflict, "text/x.tlog.size", "5\n"), (other.Status, other.MediaType, other.Body));
    }

    [Fact]
    public async Task AddCheckpoint_KilledAtAnyMomentAndFedTwoHistories_HasCosignedOneHistoryAndForgottenNothing()
    {
        const int Kills = 4;
        var random = new Random(Seed.Next());
        await using var federation = new ScenarioFederation(cluster);
        var node = await federation.AddAsync("atlantic");
        await federation.StartAsync();
        using var rogue = ActingPartner.Create(federation.Root, "pacific");
        await node.PinAsync(rogue.Card);
        RogueLog[] histories = [new RogueLog(rogue.Identity.LogSigner, "one"), new RogueLog(rogue.Identity.LogSigner, "other")];
        var cosigned = new ConcurrentDictionary<int, int>();

        for (int kill = 0; kill <= Kills; kill++)
        {
            using var http = PinnedChannel.OpenHttp(node.Card.Card, rogue.Identity.TlsCertificate);
            var latest = await histories[0].ReadAsync(http, Token);
            // What was answered before the kill was stored before it was answered.
            Assert.All(cosigned.Keys, size => Assert.True(size <= (latest?.Size ?? 0), $"{size} was cosigned, {latest?.Size} is held."));
            if (kill == Kills) break;
            using var dead = new CancellationTokenSource();
            // Two submitters for each history race for each place.
            var racing = Task.WhenAll(Enumerable.Range(0, 4).Select(i => RaceAsync(http, histories[i % 2], i % 2, (int)(latest?.Size ?? 0), cosigned, dead.Token)));
            await Task.Delay(300 + random.Next(700), Token);
            await node.Process.KillAsync();
            await dead.CancelAsync();
            await racing;
            await node.Process.DisposeAsync();
            await node.StartAsync();
        }
        Assert.NotEmpty(cosigned);
        // Once a history has a place, the other never has one.
        Assert.Single(cosigned.Values.Distinct());
        Assert.Equal(0, await node.ScalarAsync<long>("SELECT count(*) FROM witnessed_checkpoint w JOIN held_checkpoint h USING (origin, size) WHERE w.previous_size <> coalesce((SELECT max(b.size) FROM witnessed_checkpoint b WHERE b.origin = w.origin AND b.size < w.size), 0)"));
    }

    private static async Task RaceAsync(HttpClient http, RogueLog log, int history, int held, ConcurrentDictionary<int, int> cosigned, CancellationToken dead)
    {
        try
        {
            while (!dead.IsCancellationRequested)
            {
                // Of two roots for one size both histories would be distrusted at once; so each has sizes of its own.
                int next = (held + 1) % 2 == history ? held + 1 : held + 2;
                AddCheckpointRequest request;
                lock (log) request = log.Request(held, next);
                var reply = await RogueLog.PostAsync(http, request.ToBytes(), dead);
                if (reply.Status == HttpStatusCode.OK)
                {
                    Assert.Equal(history, cosigned.GetOrAdd(held = next, history));
                }
                else if (reply.LatestSize is { } latest)
                {
                    held = (int)latest;
                }
                else if (reply.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests)
                {
                    // The other history has the place.
                    await Task.Delay(20, dead);
                }
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // The node was killed.
        }
    }
}
