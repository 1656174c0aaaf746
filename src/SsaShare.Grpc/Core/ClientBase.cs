using Grpc.Core.Interceptors;

namespace Grpc.Core;

/// <summary>Base of the generated client stubs.</summary>
public abstract class ClientBase
{
    private readonly ClientBaseConfiguration? _configuration;

    /// <summary>For test doubles: no call can be made.</summary>
    protected ClientBase()
    {
    }

    protected ClientBase(ChannelBase channel)
        : this((channel ?? throw new ArgumentNullException(nameof(channel))).CreateCallInvoker())
    {
    }

    protected ClientBase(CallInvoker callInvoker)
        : this(new ClientBaseConfiguration(callInvoker ?? throw new ArgumentNullException(nameof(callInvoker)), null))
    {
    }

    protected ClientBase(ClientBaseConfiguration configuration)
        => _configuration = configuration ?? throw new ArgumentNullException(nameof(configuration));

    protected CallInvoker CallInvoker => Configuration.CreateDecoratedCallInvoker();

    internal ClientBaseConfiguration Configuration
        => _configuration ?? throw new NotSupportedException("This client was made without a channel.");

    /// <summary>Channel and host of a stub, handed on when <c>WithHost</c> makes another.</summary>
    protected internal class ClientBaseConfiguration
    {
        private readonly CallInvoker _undecorated;
        private readonly string? _host;
        private readonly CallInvoker _decorated;

        internal ClientBaseConfiguration(CallInvoker undecoratedCallInvoker, string? host)
        {
            _undecorated = undecoratedCallInvoker;
            _host = host;
            _decorated = host is null ? undecoratedCallInvoker : undecoratedCallInvoker.Intercept(new HostInterceptor(host));
        }

        internal CallInvoker CreateDecoratedCallInvoker() => _decorated;

        internal ClientBaseConfiguration WithHost(string host) => new(_undecorated, host);

        public override string ToString() => $"ClientBaseConfiguration(host={_host})";
    }
}

/// <summary>Base of the generated client stub <typeparamref name="T"/>.</summary>
public abstract class ClientBase<T> : ClientBase
    where T : ClientBase<T>
{
    protected ClientBase()
    {
    }

    protected ClientBase(ChannelBase channel)
        : base(channel)
    {
    }

    protected ClientBase(CallInvoker callInvoker)
        : base(callInvoker)
    {
    }

    protected ClientBase(ClientBaseConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>The same client, whose requests name another host (the HTTP/2 <c>:authority</c>).</summary>
    public T WithHost(string host) => NewInstance(Configuration.WithHost(host));

    protected abstract T NewInstance(ClientBaseConfiguration configuration);
}
