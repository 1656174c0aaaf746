namespace SsaShare.Node.Tests;

/// <summary>Who composes next, counted: what one reader does is never another's loss.</summary>
public sealed class AnswerPlacesTests
{
    private const long Share = 1_000_000;
    private readonly AnswerPlaces _places = new(composedMax: 4, () => Share);

    [Fact]
    public async Task Compose_OneReaderWithAHundredPulls_TwentyOthersComposeAsOftenAsItDoes()
    {
        // One at a time, so that the order is exact.
        var places = new AnswerPlaces(composedMax: 1, () => Share);
        var asked = new List<(string Reader, AnswerPlace Place, Task Turn)>();
        var turns = new Dictionary<string, int>();
        void Ask(string reader)
        {
            var place = places.For(reader);
            asked.Add((reader, place, place.ComposeAsync(CancellationToken.None)));
        }
        for (int i = 0; i < 100; i++) Ask("greedy");
        for (int i = 0; i < 20; i++) Ask($"modest {i}");
        for (int i = 0; i < 2_100; i++)
        {
            var turn = await Task.WhenAny(asked.Select(one => one.Turn));
            int index = asked.FindIndex(one => one.Turn == turn);
            var (reader, place, _) = asked[index];
            asked.RemoveAt(index);
            turns[reader] = turns.GetValueOrDefault(reader) + 1;
            // Whoever has composed asks for more at once, and what is composed is taken at once.
            Ask(reader);
            place.Write(100, 1);
            place.Dispose();
        }
        Assert.Equal(21, turns.Count);
        // A hundred each.
        Assert.All(turns.Values, count => Assert.InRange(count, 99, 101));
    }

    [Fact]
    public async Task Compose_OneReaderAlone_HasHalfOfThePlaces()
    {
        using AnswerPlace first = _places.For("greedy"), second = _places.For("greedy"), third = _places.For("greedy");
        await first.ComposeAsync(CancellationToken.None);
        await second.ComposeAsync(CancellationToken.None);
        var waits = third.ComposeAsync(CancellationToken.None);
        Assert.False(waits.IsCompleted);
        using var other = _places.For("modest");
        Assert.True(other.ComposeAsync(CancellationToken.None).IsCompletedSuccessfully);
        first.Rest();
        await waits.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Compose_WithItsShareUnderWay_WaitsUntilSomethingIsTakenAndOthersDoNot()
    {
        var slow = _places.For("slow");
        await slow.ComposeAsync(CancellationToken.None);
        slow.Write((int)Share, 1_000);
        using var next = _places.For("slow");
        var waits = next.ComposeAsync(CancellationToken.None);
        Assert.False(waits.IsCompleted);
        for (int i = 0; i < 100; i++)
        {
            using var other = _places.For("modest");
            Assert.True(other.ComposeAsync(CancellationToken.None).IsCompletedSuccessfully);
            other.Write(10_000, 100);
        }
        Assert.Equal(Share, _places.Bytes);
        slow.Dispose();
        await waits.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Compose_GivenUp_LeavesTheLineAndNothingIsRemembered()
    {
        using var stop = new CancellationTokenSource();
        using (AnswerPlace first = _places.For("a"), second = _places.For("a"), third = _places.For("a"))
        {
            await first.ComposeAsync(CancellationToken.None);
            await second.ComposeAsync(CancellationToken.None);
            var waits = third.ComposeAsync(stop.Token);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits);
        }
        Assert.Equal(0, _places.Readers);
        using var again = _places.For("a");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => again.ComposeAsync(stop.Token));
        Assert.Equal(0, _places.Readers);
    }

    [Fact]
    public async Task Compose_AThousandAtOnceThatAreGivenUpOrWritten_EveryPlaceComesBack()
    {
        var random = new Random(7);
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(async i =>
        {
            using var stop = new CancellationTokenSource(random.Next(3) == 0 ? random.Next(5) : Timeout.Infinite);
            using var place = _places.For($"reader {i % 7}");
            try
            {
                await place.ComposeAsync(stop.Token);
                await Task.Yield();
                place.Write(100, 1);
            }
            catch (OperationCanceledException)
            {
                // Given up in line.
            }
        })).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((0, 0L), (_places.Readers, _places.Bytes));
    }

    [Fact]
    public async Task RecordsMax_AfterLongRecords_AsManyAsFitIntoTheShare()
    {
        using var place = _places.For("a");
        Assert.Equal(10_000, place.RecordsMax(10_000));
        await place.ComposeAsync(CancellationToken.None);
        place.Write(1_000_000, 1_000);
        Assert.Equal((1_000, 10), (place.RecordsMax(10_000), place.RecordsMax(10)));
    }
}
