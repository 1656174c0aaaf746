using System.Threading.Channels;
using Grpc.Core;
using Grpc.Health.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Grpc.HealthCheck;

/// <summary>Tells which services of this server serve. Thread-safe; one instance per server.</summary>
/// <remarks>The name of the server as a whole is the empty text.</remarks>
public class HealthServiceImpl : Health.V1.Health.HealthBase
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ServingStatus> _statuses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ChannelWriter<ServingStatus>>> _watchers = new(StringComparer.Ordinal);

    public void SetStatus(string service, ServingStatus status)
    {
        lock (_lock)
        {
            bool changed = StatusOf(service) != status;
            _statuses[service] = status;
            if (changed)
            {
                Tell(service, status);
            }
        }
    }

    public void ClearStatus(string service)
    {
        lock (_lock)
        {
            if (_statuses.Remove(service))
            {
                Tell(service, ServingStatus.ServiceUnknown);
            }
        }
    }

    public void ClearAll()
    {
        lock (_lock)
        {
            foreach (string service in _statuses.Keys.ToArray())
            {
                ClearStatus(service);
            }
        }
    }

    /// <exception cref="RpcException">NotFound: the service is not known.</exception>
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        lock (_lock)
        {
            return _statuses.TryGetValue(request.Service, out ServingStatus status)
                ? Task.FromResult(new HealthCheckResponse { Status = status })
                : throw new RpcException(new Status(StatusCode.NotFound, "The service is not known."));
        }
    }

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        // A slow watcher needs the newest status only, so one place is enough.
        Channel<ServingStatus> changes = Channel.CreateBounded<ServingStatus>(
            new BoundedChannelOptions(capacity: 1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        Watch(request.Service, changes.Writer);
        try
        {
            await foreach (ServingStatus status in changes.Reader.ReadAllAsync(context.CancellationToken))
            {
                await responseStream.WriteAsync(new HealthCheckResponse { Status = status }, context.CancellationToken);
            }
        }
        finally
        {
            Unwatch(request.Service, changes.Writer);
        }
    }

    private ServingStatus StatusOf(string service) => _statuses.GetValueOrDefault(service, ServingStatus.ServiceUnknown);

    private void Watch(string service, ChannelWriter<ServingStatus> watcher)
    {
        lock (_lock)
        {
            if (!_watchers.TryGetValue(service, out List<ChannelWriter<ServingStatus>>? watchers))
            {
                _watchers[service] = watchers = [];
            }

            watchers.Add(watcher);
            watcher.TryWrite(StatusOf(service));
        }
    }

    private void Unwatch(string service, ChannelWriter<ServingStatus> watcher)
    {
        lock (_lock)
        {
            List<ChannelWriter<ServingStatus>> watchers = _watchers[service];
            watchers.Remove(watcher);
            if (watchers.Count == 0)
            {
                _watchers.Remove(service);
            }
        }
    }

    private void Tell(string service, ServingStatus status)
    {
        foreach (ChannelWriter<ServingStatus> watcher in _watchers.GetValueOrDefault(service, []))
        {
            watcher.TryWrite(status);
        }
    }
}
