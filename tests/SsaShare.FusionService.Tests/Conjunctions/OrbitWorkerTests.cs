using Microsoft.Extensions.Logging.Abstractions;
using SsaShare.Domain;
using static SsaShare.FusionService.Tests.Conjunctions.Orbits;
using static SsaShare.FusionService.Tests.Records;

namespace SsaShare.FusionService.Tests.Conjunctions;

public class OrbitWorkerTests
{
    [Fact]
    public async Task Read_DatabaseLostInBetween_TakesAllAndTakesOutWhatIsRemoved()
    {
        var (records, book, progress, time) = (new MemoryRecords(), new OrbitBook(), new OrbitProgress(), new TestTime());
        var gone = Published("2", Pacific);
        records.Failing.UnionWith([2, 5]);
        records.Arrive([Published("1", Pacific).Arrives(1), gone.Arrives(2), Announced("1", Pacific, 1).Arrives(3)]);
        using var worker = new OrbitWorker(book, records, records, progress, time, NullLogger<OrbitWorker>.Instance);
        await worker.StartAsync(CancellationToken.None);
        await CaughtUpAsync(progress, time);
        Assert.Equal((2, 1), (book.Read().Orbits.Count, book.Read().Maneuvers.Count));
        records.Remove(gone.Id);
        await CaughtUpAsync(progress, time);
        Assert.Single(book.Read().Orbits);
        await worker.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Read_AgainWhenAsked_BringsBackWhatWasDropped()
    {
        var (records, book, progress, time) = (new MemoryRecords(), new OrbitBook(), new OrbitProgress(), new TestTime());
        records.Arrive(Enumerable.Range(0, 2 * OrbitBook.VersionsKept).Select(hour => Published("1", Pacific, hour).Arrives(hour + 1)));
        using var worker = new OrbitWorker(book, records, records, progress, time, NullLogger<OrbitWorker>.Instance);
        await worker.StartAsync(CancellationToken.None);
        await CaughtUpAsync(progress, time);
        book.Trim(new NewestOrbits([new RecordView(_ => true)], TestTime.Epoch, TimeSpan.FromDays(2)).Of, _ => false);
        Assert.Equal(OrbitBook.VersionsKept, Assert.Single(book.Read().Orbits).Count);
        progress.AskToReadAgain();
        await CaughtUpAsync(progress, time);
        await CaughtUpAsync(progress, time);
        Assert.Equal(2 * OrbitBook.VersionsKept, Assert.Single(book.Read().Orbits).Count);
        await worker.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Read_PartnerThatWithdrawsSteadily_KeepsNothingNewFromBeingRead()
    {
        var (records, book, progress, time) = (new MemoryRecords(), new OrbitBook(), new OrbitProgress(), new TestTime());
        records.Arrive(Enumerable.Range(0, 40).Select(hour => Published("1", Pacific, hour).Arrives(hour + 1)));
        using var worker = new OrbitWorker(book, records, records, progress, time, NullLogger<OrbitWorker>.Instance);
        await worker.StartAsync(CancellationToken.None);
        await CaughtUpAsync(progress, time);
        // Whenever something is read, older ones are asked for anew.
        records.OnRead = progress.AskToReadAgain;
        records.Arrive([Published("2", Atlantic).Arrives(1_000)]);
        await CaughtUpAsync(progress, time);
        Assert.Equal(2, book.Read().Orbits.Count);
        await CaughtUpAsync(progress, time);
        await worker.StopAsync(CancellationToken.None);
    }

    private static async Task CaughtUpAsync(OrbitProgress progress, TestTime time)
    {
        time.Now = time.Now.AddSeconds(1);
        var asOf = Utc.FromDateTime(time.Now);
        for (int i = 0; !(progress.CurrentAsOf >= asOf); i++)
        {
            Assert.True(i < 1_000, "The worker does not catch up.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
