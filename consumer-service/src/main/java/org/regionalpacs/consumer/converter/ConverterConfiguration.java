package org.regionalpacs.consumer.converter;

import org.regionalpacs.codec.process.CodecConfiguration;
import org.regionalpacs.codec.process.CodecProcesses;
import org.regionalpacs.codec.transcode.Codecs;
import org.regionalpacs.messages.AccessLogConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What converting needs beside the other jobs. */
@Configuration(proxyBeanMethods = false)
@Import({CodecConfiguration.class, AccessLogConfiguration.class})
class ConverterConfiguration {

  @Bean
  Codecs codecs(CodecProcesses processes) {
    return Codecs.of(processes::decoder, processes::encoder);
  }
}
