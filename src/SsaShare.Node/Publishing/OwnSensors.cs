using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Protocol;

namespace SsaShare.Node;

/// <summary>The sensors that this partner has published; observations of others are refused.</summary>
public sealed class OwnSensors(NodeIdentity identity, IRecordReader records) : IDisposable
{
    private readonly SemaphoreSlim _loading = new(1, 1);
    private const int PageSize = 1_000;
    private long _arrival;
    private volatile HashSet<SensorId> _known = [];

    public bool IsKnown(SensorId sensor) => _known.Contains(sensor);

    /// <summary>Reads descriptions that were published since the last time.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            var known = new HashSet<SensorId>(_known);
            long arrival = _arrival;
            while (await records.ReadAsync(arrival, [RecordClass.Sensor], PageSize, cancellationToken) is { Count: > 0 } page)
            {
                foreach (var record in page.Where(record => record.Provider is null))
                    if (SensorCodec.TryDecode(record.Record.Payload.Span, identity.Partner) is { } sensor) known.Add(sensor.Id);
                arrival = page[^1].Arrival;
            }
            (_known, _arrival) = (known, arrival);
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose() => _loading.Dispose();
}
