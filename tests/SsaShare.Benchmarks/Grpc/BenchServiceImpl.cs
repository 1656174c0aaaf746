using Grpc.Core;
using SsaShare.Benchmarks.Protocol;

namespace SsaShare.Benchmarks.Grpc;

/// <summary>Sends records as fast as the client takes them.</summary>
internal sealed class BenchServiceImpl : BenchService.BenchServiceBase
{
    private readonly BenchRecord[] _records = [.. Enumerable.Range(0, 1_000).Select(BenchRecords.Create)];

    public override async Task StreamRecords(
        StreamRecordsRequest request, IServerStreamWriter<BenchRecord> responseStream, ServerCallContext context)
    {
        for (int i = 0; i < request.RecordCount; i++)
        {
            await responseStream.WriteAsync(_records[i % _records.Length]);
        }
    }

    public override async Task StreamBatches(
        StreamBatchesRequest request, IServerStreamWriter<BenchBatch> responseStream, ServerCallContext context)
    {
        for (int i = 0; i < request.BatchCount; i++)
        {
            var batch = new BenchBatch();
            for (int j = 0; j < request.RecordsPerBatch; j++)
            {
                batch.Records.Add(_records[(i + j) % _records.Length]);
            }

            await responseStream.WriteAsync(batch);
        }
    }

    public override Task<BenchRecord> Echo(BenchRecord request, ServerCallContext context) => Task.FromResult(request);
}
