using Microsoft.Extensions.DependencyInjection;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Storage.Tests;

/// <summary>Own records are let go when their time is over, by partition, and whatever readers have not come so far.</summary>
public sealed class OwnRetentionTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private static Epoch Now => Utc.FromDateTime(TimeProvider.System.GetUtcNow());
    private IOwnRetention Own => node.Host.GetRequiredService<IOwnRetention>();

    [Fact]
    public async Task Drop_MonthsInWhichAllIsOver_GoAndThePublicationsAreGivenToNobody()
    {
        await SetAsync(30);
        DateTime month = MonthsAgo(5), next = month.AddMonths(1);
        // The second publication lies in both months, and the third, of the later one, is not over.
        Publication first = Publish(Days(40), At(month, 10), At(month, 2)), both = Publish(Days(35), At(month, 5), At(next, 3)), late = Publish(Days(1), At(next, 7), At(next, 8));
        Assert.True(await node.Publications.TryAppendAsync([first, both, late], Token));
        long after = await node.Outbox.GetHeadPositionAsync(Token) - 3;
        Assert.Contains(Name(month), await PartsAsync());

        Assert.Equal(new DroppedRecords(Name(month), 3), await Own.DropNextAsync(Token));
        Assert.Null(await Own.DropNextAsync(Token));
        Assert.DoesNotContain(Name(month), await PartsAsync());
        Assert.Contains(Name(next), await PartsAsync());
        var read = (await node.Outbox.ReadAsync(FeedLane.Prompt, after, 100, Now, Token)).Publications;
        Assert.Equal([(2, 0), (2, 0), (0, 2)], read.Select(one => (one.RecordsOver, one.Publication.Records.Count)));
        var release = Release.Decide(read, Everything, null);
        Assert.Equal(late.Document.Id, Assert.Single(release.Slices).Document.Id);
        Assert.Equal(new WithheldCount(null, nameof(WithholdReason.RetentionOver), 4), Assert.Single(release.Withheld));
        Assert.Equal(after + 2, release.GoneUpTo);
        // What is left of it is still this node's own to use.
        Assert.Equal([both.Document.Id, late.Document.Id, late.Document.Id], await ArrivedAsync(first, both, late));
    }

    [Fact]
    public async Task Drop_OthersRecords_WaitUntilTheyAreDeletedByEveryWay()
    {
        await SetAsync(30);
        var month = MonthsAgo(8);
        Assert.True(await node.Publications.TryAppendAsync([Publish(Days(50), At(month, 3))], Token));
        var answers = await Answers.StartAsync(node);
        answers.Retention = TimeSpan.FromDays(1);
        var received = answers.Publish(Sample.Record(Sample.Pacific, At(month, 4)), Sample.Record(Sample.Pacific, At(month, 5)));
        var batch = answers.Next([received]);
        await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);
        Assert.Null(await Own.DropNextAsync(Token));

        await node.Retention.DeleteRunOutAsync(Now.Plus(Days(2)), [], null, RunOutPosition.Start, 100,
            (provider, agreement, reason, records) => DeletionDocument.Sign(Sample.Key, Sample.Atlantic, provider, agreement, reason, records, Now), Token);
        Assert.Equal(new DroppedRecords(Name(month), 3), await Own.DropNextAsync(Token));
        var held = Assert.Single((await node.Relay.ReadAsync(FeedLane.Prompt with { Source = FeedSource.Relayed }, 0, 100, Now, Token)).Slices, slice => slice.Slice.Document.Id == received.Document.Id);
        Assert.Equal((2, 0, 0), (held.RecordsOver, held.Slice.Records.Count, held.Left.Count));
        Assert.Single(await node.Retention.ListUndeliveredAsync(Sample.Pacific, -1, 10, Token), due => due.Deletion.Deletion.Agreement == answers.Agreement);
    }

    /// <summary>What is not whole is passed on to nobody, so a month stays as long as a publication with rows in it has a record left anywhere.</summary>
    [Fact]
    public async Task Drop_AMonthWithATombstoneOfAPublicationThatLives_Waits()
    {
        await SetAsync(30);
        DateTime month = MonthsAgo(7), next = month.AddMonths(1);
        var answers = await Answers.StartAsync(node);
        var received = answers.Publish(Sample.Record(Sample.Pacific, At(month, 4)), Sample.Record(Sample.Pacific, At(next, 5)));
        var batch = answers.Next([received]);
        await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);
        await EmptyAsync(received.Records[0]);
        Assert.Null(await Own.DropNextAsync(Token));
        await EmptyAsync(received.Records[1]);
        Assert.Equal(new DroppedRecords(Name(month), 1), await Own.DropNextAsync(Token));
        Assert.Equal(new DroppedRecords(Name(next), 1), await Own.DropNextAsync(Token));

        async Task EmptyAsync(PublishedRecord record)
        {
            await using var command = node.OwnerSource.CreateCommand($"UPDATE record SET payload = NULL, sensor = NULL, object_tag = NULL, regime = 0 WHERE id = '\\x{record.Record.Id}'");
            Assert.Equal(1, await command.ExecuteNonQueryAsync(Token));
        }
    }

    /// <summary>A scan of what may go can take long; publishing goes on meanwhile.</summary>
    [Fact]
    public async Task Ensure_APartitionThatIsThere_WaitsForNobody()
    {
        var now = DateTime.UtcNow;
        string ensure = $"SELECT ensure_observation_partition({now.Year}, {now.Month})";
        await using (var command = node.Source.CreateCommand(ensure)) await command.ExecuteNonQueryAsync(Token);
        await using var connection = await node.OwnerSource.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using (var held = new Npgsql.NpgsqlCommand("SELECT pg_advisory_xact_lock('record_observation'::regclass::bigint)", connection, transaction)) await held.ExecuteNonQueryAsync(Token);
        await using (var command = node.Source.CreateCommand($"SET lock_timeout = '3s'; {ensure}; RESET lock_timeout")) await command.ExecuteNonQueryAsync(Token);
    }

    [Fact]
    public async Task Drop_APartitionThatSomebodyWritesTo_WaitsForNobodyAndDropsNothing()
    {
        await SetAsync(30);
        var month = MonthsAgo(11);
        Assert.True(await node.Publications.TryAppendAsync([Publish(Days(40), At(month, 3))], Token));
        await using (var connection = await node.OwnerSource.OpenConnectionAsync(Token))
        await using (var transaction = await connection.BeginTransactionAsync(Token))
        {
            await using var command = new Npgsql.NpgsqlCommand($"LOCK TABLE ONLY {Name(month)} IN ROW EXCLUSIVE MODE", connection, transaction);
            await command.ExecuteNonQueryAsync(Token);
            Assert.Null(await Own.DropNextAsync(Token).WaitAsync(TimeSpan.FromSeconds(30), Token));
            Assert.Contains(Name(month), await PartsAsync());
        }
        Assert.Equal(new DroppedRecords(Name(month), 1), await Own.DropNextAsync(Token));
        // A writer that still takes the partition to be there makes it again.
        var again = Publish(Days(1), At(month, 4));
        Assert.True(await node.Publications.TryAppendAsync([again], Token));
        Assert.Single(await ArrivedAsync(again));
        Assert.Null(await Own.DropNextAsync(Token));
    }

    [Fact]
    public async Task Drop_WithoutASetting_KeepsForEver()
    {
        var month = MonthsAgo(12);
        await NodeStore.SetOwnRetentionAsync(node.Connections.Owner, new Dictionary<RecordClass, TimeSpan>(), Token);
        Assert.True(await node.Publications.TryAppendAsync([Publish(Days(4_000), At(month, 3))], Token));
        Assert.Null(await Own.DropNextAsync(Token));
        await SetAsync(5_000);
        Assert.Null(await Own.DropNextAsync(Token));
        await SetAsync(3_000);
        Assert.Equal(new DroppedRecords(Name(month), 1), await Own.DropNextAsync(Token));
    }

    [Fact]
    public async Task Delete_OtherClasses_GoByPublication_AndSensorsStay()
    {
        await NodeStore.SetOwnRetentionAsync(node.Connections.Owner, new Dictionary<RecordClass, TimeSpan> { [RecordClass.ElementSet] = Days(10) }, Token);
        Publication Of(RecordClass recordClass, TimeSpan ago) => Publish(ago, Sample.Record(recordClass: recordClass));
        Publication over = Of(RecordClass.ElementSet, Days(11)), young = Of(RecordClass.ElementSet, Days(9)), sensor = Of(RecordClass.Sensor, Days(900)),
            mixed = Publish(Days(900), Sample.Record(recordClass: RecordClass.ElementSet), Sample.Record(recordClass: RecordClass.Sensor));
        Assert.True(await node.Publications.TryAppendAsync([over, young, sensor, mixed], Token));
        long after = await node.Outbox.GetHeadPositionAsync(Token) - 4;
        Assert.Equal(1, await Own.DeleteSomeAsync(10, Token));
        Assert.Equal(0, await Own.DeleteSomeAsync(10, Token));
        var read = (await node.Outbox.ReadAsync(FeedLane.Prompt, after, 100, Now, Token)).Publications;
        Assert.Equal([1, 0, 0, 0], read.Select(one => one.RecordsOver));
        await Assert.ThrowsAsync<ArgumentException>(() => NodeStore.SetOwnRetentionAsync(node.Connections.Owner, new Dictionary<RecordClass, TimeSpan> { [RecordClass.Sensor] = Days(10) }, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => NodeStore.SetOwnRetentionAsync(node.Connections.Owner, new Dictionary<RecordClass, TimeSpan> { [RecordClass.ElementSet] = TimeSpan.FromHours(1) }, Token));
    }

    /// <summary>A publication that brought the record a second time is not whole any more either.</summary>
    [Fact]
    public async Task Delete_OtherClasses_TellsOfEveryWay()
    {
        await NodeStore.SetOwnRetentionAsync(node.Connections.Owner, new Dictionary<RecordClass, TimeSpan> { [RecordClass.ElementSet] = Days(10) }, Token);
        var over = Publish(Days(11), Sample.Record(recordClass: RecordClass.ElementSet));
        Assert.True(await node.Publications.TryAppendAsync([over], Token));
        var answers = await Answers.StartAsync(node);
        var received = answers.Publish(Answers.Records(1));
        var batch = answers.Next([received]);
        await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);
        string key = $"(SELECT key FROM publication WHERE id = '\\x{received.Document.Id}')";
        await using (var command = node.OwnerSource.CreateCommand($"INSERT INTO record_path (publication, index, record, class, epoch_ns, salt, label) SELECT {key}, 7, id, class, epoch_ns, salt, label FROM record WHERE id = '\\x{over.Records[0].Record.Id}'"))
            Assert.Equal(1, await command.ExecuteNonQueryAsync(Token));
        Assert.Equal(1, await Own.DeleteSomeAsync(10, Token));
        Assert.Equal(0, await node.ScalarAsync<int>($"SELECT records FROM dropped_publication WHERE publication = {key}"));
        await using var restore = node.OwnerSource.CreateCommand($"DELETE FROM record_path WHERE index = 7 AND publication = {key}; DELETE FROM dropped_publication WHERE publication = {key}");
        Assert.Equal(2, await restore.ExecuteNonQueryAsync(Token));
    }

    [Fact]
    public async Task Read_RecordsThatAreMissingAndWereNeverDropped_IsAFault()
    {
        var publication = Publish(Days(1), Sample.Record(recordClass: RecordClass.OrbitState));
        Assert.True(await node.Publications.TryAppendAsync([publication], Token));
        long position = await node.Outbox.GetHeadPositionAsync(Token);
        await using (var command = node.OwnerSource.CreateCommand($"DELETE FROM record WHERE id = '\\x{publication.Records[0].Record.Id}'")) Assert.Equal(1, await command.ExecuteNonQueryAsync(Token));
        await Assert.ThrowsAsync<InvalidDataException>(() => node.StartHost().GetRequiredService<IOutbox>().ReadAsync(FeedLane.Prompt, position - 1, 10, Now, Token));
        await using var restore = node.OwnerSource.CreateCommand($"DELETE FROM publication WHERE feed_position = {position}; UPDATE head SET feed_position = feed_position - 1");
        await restore.ExecuteNonQueryAsync(Token);
    }

    [Fact]
    public async Task Partitions_OfThisYearAreMonths_OfLongAgoYears()
    {
        var year = DateTime.UtcNow.Year;
        Assert.True(await node.Publications.TryAppendAsync([Publish(Days(1), At(new DateTime(year, 2, 1), 28)), Publish(Days(1), At(new DateTime(year, 12, 1), 31)), Publish(Days(1), At(new DateTime(1981, 6, 1), 29))], Token));
        var parts = await PartsAsync();
        Assert.Superset(new HashSet<string> { $"record_observation_{year}_02", $"record_observation_{year}_12", "record_observation_1981" }, parts.ToHashSet());
    }

    private static LaneDecision Everything => new(TimeSpan.Zero, [], [ReleaseForm.Full], (in _, _, _) => ReleaseDecision.Released(Answers.Grant, Purposes.Fusion));

    private static TimeSpan Days(double days) => TimeSpan.FromDays(days);

    private static DateTime MonthsAgo(int months) => new DateTime(DateTime.UtcNow.Year, DateTime.UtcNow.Month, 1).AddMonths(-months);

    private static string Name(DateTime month) => $"record_observation_{month:yyyy_MM}";

    private static Epoch At(DateTime month, int day) => Utc.FromDateTime(new DateTimeOffset(month.Year, month.Month, day, 12, 0, 0, TimeSpan.Zero));

    private static Publication Publish(TimeSpan ago, params Epoch[] epochs) => Publish(ago, [.. epochs.Select(epoch => Sample.Record(epoch: epoch))]);

    private static Publication Publish(TimeSpan ago, params SealedRecord[] records) => Publication.Create(Sample.Atlantic, records, Sample.Key, Now.Plus(-ago), null);

    private Task SetAsync(int days) => NodeStore.SetOwnRetentionAsync(node.Connections.Owner, new Dictionary<RecordClass, TimeSpan> { [RecordClass.Observation] = Days(days) }, Token);

    private async Task<List<Signing.Hash256>> ArrivedAsync(params Publication[] of)
    {
        var ids = of.SelectMany(publication => publication.Records, (publication, record) => (record.Record.Id, publication.Document.Id)).ToDictionary();
        return [.. (await node.Records.ReadAsync(0, [RecordClass.Observation], 100_000, Token)).Where(one => ids.ContainsKey(one.Record.Id)).Select(one => ids[one.Record.Id])];
    }

    private async Task<List<string>> PartsAsync()
    {
        await using var command = node.OwnerSource.CreateCommand("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'record_observation'::regclass");
        await using var reader = await command.ExecuteReaderAsync(Token);
        var parts = new List<string>();
        while (await reader.ReadAsync(Token)) parts.Add(reader.GetString(0));
        return parts;
    }
}
