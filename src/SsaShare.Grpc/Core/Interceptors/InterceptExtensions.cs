namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors in front of a call invoker. The first one given sees a call first.</summary>
public static class CallInvokerExtensions
{
    public static CallInvoker Intercept(this CallInvoker invoker, Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptor);
        return new InterceptingCallInvoker(invoker, interceptor);
    }

    public static CallInvoker Intercept(this CallInvoker invoker, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(interceptors);
        foreach (Interceptor interceptor in interceptors.Reverse())
        {
            invoker = invoker.Intercept(interceptor);
        }

        return invoker;
    }

    /// <summary>Lets <paramref name="interceptor"/> replace the headers of every call.</summary>
    public static CallInvoker Intercept(this CallInvoker invoker, Func<Metadata, Metadata> interceptor)
        => invoker.Intercept(new MetadataInterceptor(interceptor ?? throw new ArgumentNullException(nameof(interceptor))));
}

/// <summary>Puts interceptors in front of a channel.</summary>
public static class ChannelExtensions
{
    public static CallInvoker Intercept(this ChannelBase channel, Interceptor interceptor)
        => channel.CreateCallInvoker().Intercept(interceptor);

    public static CallInvoker Intercept(this ChannelBase channel, params Interceptor[] interceptors)
        => channel.CreateCallInvoker().Intercept(interceptors);

    public static CallInvoker Intercept(this ChannelBase channel, Func<Metadata, Metadata> interceptor)
        => channel.CreateCallInvoker().Intercept(interceptor);
}
