using System.Runtime.CompilerServices;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Node.Tests;

public sealed class RecordDeskTests
{
    private static readonly RecordId Here = new(Hash256.Of("here"u8).ToArray()), Elsewhere = new(Hash256.Of("elsewhere"u8).ToArray());
    private static readonly RecordPlace Place = new(Hash256.Of("publication"u8), 3);
    private readonly RecordDesk _desk = new(new OnePlace(), null!, null!, null!);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FindOwn_OneThatIsNotHere_FailsOrIsLeftOutAndCounted()
    {
        string[] names = [Elsewhere.ToString(), Here.ToString(), Here.ToString()];
        var all = await _desk.FindOwnAsync(names, skipsUnknown: false, Token);
        Assert.Null(all.Places);
        Assert.Contains(Elsewhere.ToString(), all.Fault, StringComparison.Ordinal);
        var some = await _desk.FindOwnAsync(names, skipsUnknown: true, Token);
        Assert.Equal([Place], some.Places);
        Assert.Equal(("", 1), (some.Fault, some.Skipped));
    }

    /// <summary>One own record.</summary>
    private sealed class OnePlace : IRecordPlaces
    {
        public Task<IReadOnlyDictionary<RecordId, RecordPlace>> FindOwnAsync(IReadOnlyCollection<RecordId> records, CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyDictionary<RecordId, RecordPlace>>(records.Where(id => id == Here).Distinct().ToDictionary(id => id, _ => Place));

        public Task<bool> IsOwnAsync(RecordPlace place, CancellationToken cancellationToken) => Task.FromResult(place == Place);

        public async IAsyncEnumerable<RecordPlace> SelectOwnAsync(SensorId? sensor, Epoch from, Epoch until, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.Yield();
            yield return Place;
        }

        public Task<IReadOnlyList<RecordId>> FindRecordsAsync(RecordPlace place, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<RecordId>>([Here]);
    }
}
